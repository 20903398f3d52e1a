"""Problems: nothing is dropped silently; what could not be handled is reported here and stays."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.events import ProblemSettled
from ambidesk.ground.kernel.journal import Acting
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.signals import signal

TOPIC = "problems"


class ProblemOver(Refusal):
    """Somebody was faster, or it went by itself."""

    sentence = _("This problem is over already.")


@transaction.atomic
def report(
    kind: str, subject: tuple[str, int], *, at: datetime, facts: Mapping[str, object] | None = None
) -> None:
    """Report a trouble with a thing; while it lasts a further report counts it."""
    subject_kind, subject_id = subject
    Problem.objects.bulk_create(
        [
            Problem(
                kind=kind,
                subject_kind=subject_kind,
                subject_id=subject_id,
                facts=dict(facts or {}),
                first_at=at,
                last_at=at,
                times=0,
            )
        ],
        ignore_conflicts=True,
    )
    standing = Problem.objects.filter(
        kind=kind, subject_kind=subject_kind, subject_id=subject_id, solved_at=None
    )
    standing.update(times=F("times") + 1, last_at=at, facts=dict(facts or {}))
    signal(TOPIC)


def resolve(kind: str, subject: tuple[str, int], *, at: datetime) -> None:
    """Say that the trouble is over; there need not have been any."""
    standing = Problem.objects.filter(
        kind=kind, subject_kind=subject[0], subject_id=subject[1], solved_at=None
    )
    if standing.update(solved_at=at):
        signal(TOPIC)


@transaction.atomic
def settle(number: int, *, by: Acting, at: datetime) -> None:
    """
    Say that somebody saw a problem and that nothing more has to be done.

    Raises:
        ProblemOver: it is over already.
    """
    if not Problem.objects.filter(pk=number, solved_at=None).update(solved_at=at):
        raise ProblemOver
    journal.record(ProblemSettled(problem_id=number), by=by, at=at)
    signal(TOPIC)
