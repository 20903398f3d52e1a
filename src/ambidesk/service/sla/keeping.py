"""
Keeping: clocks as they are folded, written down so that they can be shown, sorted and swept.

Folding again and writing again changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ambidesk.service.sla.models import Clock, Promise
from ambidesk.service.sla.rules import clocks as rules

FACTS = (
    "started_at",
    "met_at",
    "due_at",
    "is_paused",
    "stage",
    "work_seconds",
    "used_seconds",
    "moments",
    "told",
    "next_at",
)
MOST = 32_000


@transaction.atomic
def keep(
    folded: Mapping[int, Sequence[rules.Clock]], *, at: datetime, quiet: Collection[int] = ()
) -> None:
    """
    Write the clocks of promises, by the promise's id; their holders have locked them.

    Of those in `quiet`, which are history, nothing is told that was over when it was loaded.
    """
    known = {
        (row.promise_id, row.goal, row.number): row
        for row in Clock.objects.select_for_update().filter(promise__in=folded)
    }
    new, changed = [], []
    for promise, clocks in folded.items():
        for clock in clocks:
            row = known.pop((promise, clock.goal.value, clock.number), None)
            told = row.told if row else MOST if promise in quiet else 0
            facts = facts_of(clock, told=told, at=at)
            if row is None:
                key = {"promise_id": promise, "goal": clock.goal.value, "number": clock.number}
                new.append(Clock(**key, **facts))
            elif any(getattr(row, name) != value for name, value in facts.items()):
                for name, value in facts.items():
                    setattr(row, name, value)
                changed.append(row)
    Clock.objects.bulk_create(new)
    Clock.objects.bulk_update(changed, FACTS)
    Clock.objects.filter(pk__in=[row.pk for row in known.values()]).delete()


def facts_of(clock: rules.Clock, *, told: int, at: datetime) -> dict[str, Any]:
    """
    Give the columns of a clock; of its moments `told` were told before.

    A moment that came back into the future, for there is more time now, will be told again.
    """
    moments = [each for each in (*clock.warn_at, clock.due_at) if each is not None]
    passed = sum(each <= at for each in moments)
    still = min(told, passed)
    is_over = clock.met_at is not None or clock.is_paused
    return {
        "started_at": clock.start,
        "met_at": clock.met_at,
        "due_at": clock.due_at,
        "is_paused": clock.is_paused,
        "stage": clock.stage.value,
        "work_seconds": int(clock.target.work.total_seconds()),
        "used_seconds": int(clock.used.total_seconds()),
        "moments": moments,
        "told": still,
        "next_at": None if is_over or still >= len(moments) else moments[still],
    }


def make_promises(number: int, *, at: datetime) -> list[Promise]:
    """Make promises without terms yet, for holders that have none."""
    return Promise.objects.bulk_create([Promise(chosen_at=at) for _each in range(number)])
