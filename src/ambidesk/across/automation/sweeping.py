"""
Sweeping: rules that wait for time to pass find the tickets whose stretch has lasted long enough.

Each look asks for what fell due since the one before, by an indexed column: no question grows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError, transaction

from ambidesk.across.automation.knowing import Ready, by_time, rules_that_act
from ambidesk.across.automation.models import Rule
from ambidesk.across.automation.planning import Call, history_of, write_down
from ambidesk.across.automation.rules.lasting import due_of, latest_start
from ambidesk.across.automation.rules.standing import Standing
from ambidesk.across.automation.rules.telling import Told, tell
from ambidesk.across.automation.saying import After
from ambidesk.across.automation.then import today_of
from ambidesk.ground.calendars.calendar import Calendar
from ambidesk.ground.reach.remembering import remembering
from ambidesk.service.sla.models import CalendarVersion
from ambidesk.service.sla.terms import measure_of
from ambidesk.support.tickets.models import Ticket

log = structlog.get_logger(__name__)
TRIGGER = "time"
AT_ONCE = 200
# The column is the journal's instant; what is asked for may be a little more than that.
MARGIN = timedelta(seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What falls due after one instant and up to another, by hours of a calendar or the clock."""

    after: datetime
    until: datetime
    length: timedelta
    calendar: Calendar | None

    def holds(self, told: Told, standing: Standing) -> bool:
        """Say whether a stretch falls due in it, and not before it was known to have begun."""
        due = self.due(standing)
        return self.after < due <= self.until and due >= told.entry.at

    def due(self, standing: Standing) -> datetime:
        """Say when the stretch in which a ticket stands has lasted long enough."""
        return due_of(standing.stretch.since, self.length, calendar=self.calendar)


def window_of(when: After, *, after: datetime, until: datetime) -> Window:
    """Make a window of what a rule waits for."""
    calendar = calendar_of(when)
    return Window(after=after, until=until, length=when.length.length, calendar=calendar)


def calendar_of(when: After) -> Calendar | None:
    """The hours by which time counts now; None is the clock."""
    if when.calendar is None:
        return None
    newest = CalendarVersion.objects.filter(calendar=when.calendar).order_by("-pk").first()
    return measure_of(newest.pk) if newest else None


def sweep(*, at: datetime) -> int:
    """Plan the runs of all rules that go by time; say how many causes for them were found."""
    with remembering():
        rules = by_time(rules_that_act())
    return sum(_try(rule, when, at=at) for rule, when in rules)


def _try(rule: Ready, when: After, *, at: datetime) -> int:
    try:
        return _sweep(rule, when, at=at)
    except (OperationalError, InterfaceError):
        # The database is away or busy: the next look finds the same.
        raise
    except Exception:
        # What is wrong in one rule must not stand in the way of all others.
        log.exception("rule-sweep-broke", rule=rule.rule_id)
        return 0


@transaction.atomic
def _sweep(rule: Ready, when: After, *, at: datetime) -> int:
    held = Rule.objects.select_for_update(skip_locked=True).filter(pk=rule.rule_id)
    row = held.filter(on_since__isnull=False).first()
    if row is None or row.swept_at is None or row.swept_at >= at:
        return 0
    window = window_of(when, after=row.swept_at, until=at)
    numbers, found = _candidates(when, window), 0
    for first in range(0, len(numbers), AT_ONCE):
        with remembering():
            calls = list(_calls(rule, when, numbers[first : first + AT_ONCE], window))
        if calls:
            write_down(calls, at=at)
            found += len(calls)
    row.swept_at = at
    row.save(update_fields=["swept_at"])
    # Who was looked at in vain is no work: within the margin they would be at once again.
    return found


def _candidates(when: After, window: Window) -> list[int]:
    since = latest_start(window.after, window.length, calendar=window.calendar) - MARGIN
    until = latest_start(window.until, window.length, calendar=window.calendar) + MARGIN
    rows = Ticket.objects.filter(
        state__in=[state.value for state in when.turn.states],
        waiting_since__gt=since,
        waiting_since__lte=until,
    )
    return list(rows.order_by("waiting_since", "pk").values_list("pk", flat=True))


def _calls(rule: Ready, when: After, numbers: Sequence[int], window: Window) -> Iterator[Call]:
    rows, history = history_of(numbers)
    for number, row in rows.items():
        told = last_stretch(tell(history[number], today_of(row)))
        if told is None or not told.after.stretch.is_live:
            continue
        standing, due = told.after, window.due(told.after)
        if standing.state not in when.turn.states or not window.holds(told, standing):
            continue
        if rule.holds(row, standing, at=due):
            yield Call(rule=rule, ticket_id=number, entry=told.entry, trigger=TRIGGER)


def last_stretch(tale: Iterator[Told]) -> Told | None:
    """Give the entry that began the stretch in which a ticket stands, with how it stands now."""
    begun: Told | None = None
    standing: Standing | None = None
    for told in tale:
        standing = told.after
        if told.entry.position.sequence == standing.stretch.entry:
            begun = told
    if begun is None or standing is None:
        return None
    return Told(entry=begun.entry, before=begun.before, after=standing)
