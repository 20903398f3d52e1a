"""
Writing: letters about coming in are put down, leased, and forgotten once they left.

What cannot be sent stands under Problems, to be tried again or forgotten by somebody who saw it.
"""

from datetime import datetime, timedelta
from typing import Final

from ambidesk.ground.kernel import outbox, problems
from ambidesk.ground.kernel.giving_up import GivenUp
from ambidesk.ground.kernel.sealing import seal, unseal
from ambidesk.parties.authority.models import Letter, LetterKind
from ambidesk.parties.companies.models import Company

LEASE: Final = timedelta(minutes=3)
LETTERS: Final = GivenUp(rows=Letter, problem="letter-unsent", subject="letter", tries=8)


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
    problems.resolve(LETTERS.problem, (LETTERS.subject, letter.pk), at=at)


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


def sent(letter: Letter) -> None:
    """Forget a letter that left."""
    Letter.objects.filter(pk=letter.pk, sealed=letter.sealed).delete()
