"""
Writing: letters about coming in are put down, leased, and forgotten once they left.

What cannot be sent stands under Problems, to be tried again or forgotten by somebody who saw it.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from ambidesk.ground.kernel import outbox, problems
from ambidesk.ground.kernel.journal import Acting
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.kernel.sealing import seal, unseal
from ambidesk.parties.authority.models import Letter, LetterKind
from ambidesk.parties.companies.models import Company

LEASE: Final = timedelta(minutes=3)
TRIES: Final = 8
PROBLEM: Final = "letter-unsent"
SUBJECT: Final = "letter"


def put_down(
    kind: LetterKind,
    *,
    company: Company,
    address: str,
    name: str = "",
    language: str = "",
    token: str = "",
    at: datetime,
) -> None:
    """Have a letter sent; a newer one of its kind takes the place of an older one."""
    letter, _made = Letter.objects.update_or_create(
        company=company,
        kind=kind,
        address=address,
        defaults={
            "name": name[:200],
            "language": language,
            "sealed": seal(token),
            "due_at": at,
            "leased_until": None,
            "attempts": 0,
            "given_up_at": None,
        },
    )
    problems.resolve(PROBLEM, (SUBJECT, letter.pk), at=at)


def lease_letters(*, at: datetime, limit: int = 20) -> list[Letter]:
    """Claim letters that are due."""
    rows = Letter.objects.filter(given_up_at=None).select_related("company")
    return outbox.lease(rows, at=at, lasting=LEASE, limit=limit)


def is_ours(letter: Letter, *, at: datetime) -> bool:
    """Hold a leased letter anew before its turn; false where it is gone or others hold it."""
    return outbox.renew(letter, at=at, lasting=LEASE)


def token_of(letter: Letter) -> str:
    """
    The token of a letter; "" where it brings none.

    Raises:
        CannotUnseal: it was sealed with a key that the desk no longer has.
    """
    return unseal(letter.sealed)


def drop(letters: QuerySet[Letter]) -> None:
    """Send letters no more, whatever became of them until now."""
    numbers = list(letters.values_list("pk", flat=True))
    Problem.objects.filter(kind=PROBLEM, subject_kind=SUBJECT, subject_id__in=numbers).delete()
    Letter.objects.filter(pk__in=numbers).delete()


def sent(letter: Letter) -> None:
    """Forget a letter that left."""
    Letter.objects.filter(pk=letter.pk, sealed=letter.sealed).delete()


def put_off(letter: Letter, *, at: datetime) -> None:
    """Try again later, and at last leave it to somebody who looks at the problem."""
    outbox.put_off(letter, attempts=letter.attempts, tries=TRIES, at=at)
    if Letter.objects.filter(pk=letter.pk, given_up_at__isnull=False).exists():
        problems.report(PROBLEM, (SUBJECT, letter.pk), at=at)


def try_again(letter_id: int, *, at: datetime) -> None:
    """Have a letter that was given up sent once more."""
    given_up = Letter.objects.filter(pk=letter_id, given_up_at__isnull=False)
    given_up.update(given_up_at=None, attempts=0, due_at=at, leased_until=None)
    problems.resolve(PROBLEM, (SUBJECT, letter_id), at=at)


@transaction.atomic
def forget(problem: Problem, *, by: Acting, at: datetime) -> None:
    """
    Forget a letter that was given up.

    Raises:
        ProblemOver: somebody was faster.
    """
    problems.settle(problem.pk, by=by, at=at)
    Letter.objects.filter(pk=problem.subject_id, given_up_at__isnull=False).delete()
