"""Judging: a colleague says that two persons are two, which is remembered for good."""

from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.events import PersonsJudged
from ambidesk.parties.people.joining import AlreadyOne, locked_pair
from ambidesk.parties.people.models import Person, Resemblance, Verdict


@transaction.atomic
def tell_apart(one: Person, other: Person, *, by: Actor, at: datetime) -> Resemblance:
    """
    Say that two persons are not the same; saying so twice is once.

    Raises:
        AlreadyErased: one of them was erased.
        AlreadyOne: they are one; the join is undone first.
    """
    first, second = locked_pair(one, other)
    if first.whole == second.whole:
        raise AlreadyOne
    row, _made = Resemblance.objects.get_or_create(
        one=first, other=second, defaults={"score": 0.0, "found_at": at}
    )
    if row.verdict != Verdict.DIFFERENT:
        row.verdict, row.judged_at = Verdict.DIFFERENT, at
        row.save(update_fields=["verdict", "judged_at"])
        _record(row, by=by, at=at)
    return row


@transaction.atomic
def take_back(resemblance: Resemblance, *, by: Actor, at: datetime) -> None:
    """Take back that two persons are not the same; they may be proposed and joined again."""
    row = Resemblance.objects.select_for_update(of=("self",)).get(pk=resemblance.pk)
    if row.verdict == Verdict.DIFFERENT:
        row.verdict, row.judged_at = Verdict.OPEN, None
        row.save(update_fields=["verdict", "judged_at"])
        _record(row, by=by, at=at)


def _record(row: Resemblance, *, by: Actor, at: datetime) -> None:
    event = PersonsJudged(person_id=row.one_id, other_id=row.other_id, verdict=Verdict(row.verdict))
    journal.record(event, by=by, at=at)
