"""An office calendar and a policy for every ticket; what moved is settled as the lanes do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from ambidesk.ground.calendars.reading import read
from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.sla.arranging import Promising, arrange_calendar
from ambidesk.service.sla.models import Clock, Policy, ServiceCalendar
from ambidesk.service.sla.rules.facts import Goal, Stage, Target
from ambidesk.service.sla.sweeping import sweep_due
from ambidesk.support.promises import telling
from ambidesk.support.promises.arranging import arrange_ticket_policy
from ambidesk.support.promises.following import KINDS, follow, sweep
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast

HOUR = timedelta(hours=1)
PAUSES = frozenset({Stage.REQUESTER, Stage.HOLD})
ALWAYS = {"zone": "Europe/Moscow", "hours": "24/7"}
OFFICE = {
    "zone": "Europe/Moscow",
    "hours": {
        day: [["09:00", "13:00"], ["14:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")
    },
    "holidays": {"country": "RU", "short_days": True},
}


def targets(first=4, following=2, solved=8, warnings=(HOUR,), percents=()):
    """Hours of each goal; 0 is not promised."""
    pairs = (
        (Goal.FIRST_RESPONSE, first),
        (Goal.NEXT_RESPONSE, following),
        (Goal.RESOLUTION, solved),
    )
    return [
        Target(goal=goal, work=hours * HOUR, pauses=PAUSES, warnings=warnings, percents=percents)
        for goal, hours in pairs
        if hours
    ]


@dataclass(slots=True, kw_only=True)
class Office:
    """The cast with promises; `read` is how far the journal was read."""

    cast: Cast
    always: ServiceCalendar
    policy: Policy
    read: int = 0

    def follow(self, at: datetime) -> None:
        """Let the subscriber read what is new, as its lane does."""
        numbers = list(Ticket.objects.values_list("pk", flat=True))
        entries = sorted(
            (
                entry
                for found in journal.entries_of_many("ticket", numbers).values()
                for entry in found
                if entry.position.sequence > self.read and entry.kind in KINDS
            ),
            key=lambda entry: entry.position.sequence,
        )
        self.read = max((entry.position.sequence for entry in entries), default=self.read)
        follow(entries, at=at)

    def clocks(self, ticket: Ticket) -> dict[tuple[str, int], Clock]:
        """The stored clocks of a ticket."""
        rows = Clock.objects.filter(promise__ticket=ticket)
        return {(row.goal, row.number): row for row in rows}

    def arrange(self, policy=None, *, at=None, **said) -> Policy:
        """Make or change a policy."""
        values = {
            "name": "Everybody",
            "place": 10,
            "condition": None,
            "calendar": self.always,
            "targets": targets(),
        }
        return arrange_ticket_policy(
            policy, Promising(**{**values, **said}), by=SYSTEM, at=at or self.cast.at
        )

    def rechoose(self, at: datetime) -> int:
        """Let the sweeper choose again."""
        return sweep(at=at)

    def warn(self, at: datetime) -> int:
        """Sweep what the clocks reached and tell of it; say how many notices came of it."""
        before = journal.newest_sequence()
        while sweep_due(by=SYSTEM, at=at):
            pass
        entries = [
            entry
            for found in journal.entries_of_many(
                "promise", list(Clock.objects.values_list("promise", flat=True))
            ).values()
            for entry in found
            if entry.position.sequence > before
        ]
        return telling.tell_of(entries, at=at)


@pytest.fixture
def office(cast: Cast) -> Office:
    """Round the clock: four hours to answer, eight to solve, an hour before either a warning."""
    always = arrange_calendar(None, name="Always", spec=read(ALWAYS), by=SYSTEM, at=cast.at)
    made = Office(cast=cast, always=always, policy=None)  # type: ignore[arg-type]
    made.policy = made.arrange()
    return made
