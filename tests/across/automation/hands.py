"""Random hands on tickets: a step a minute, each by its verb; what refuses is left out."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.service.catalogue.models import Category, Tag
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import close, reopen, solve, wait
from ambidesk.support.tickets.describing import categorise, prioritise, tag
from ambidesk.support.tickets.models import Priority, State, Ticket
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.snoozing import snooze
from tests.across.automation.conftest import Automated

OPEN = "open"
MINUTE = timedelta(minutes=1)
Act = Callable[["Hands", Ticket, datetime], object]


class Hands:
    """Olga and Anna at a desk."""

    def __init__(self, desk: Automated) -> None:
        self.desk = desk
        self.by = desk.cast.actor(desk.cast.olga)
        self.tag = Tag.objects.create(name="vip")
        self.category = Category.objects.create(name="Lost")

    def play(
        self,
        story: Sequence[tuple[int, str]],
        *,
        between: Callable[[datetime], object] = lambda _at: None,
    ) -> datetime:
        """Do a story of ticket and act; say when it ended."""
        tickets: list[Ticket] = []
        at = self.desk.cast.at
        for number, what in story:
            at += MINUTE
            if what == OPEN or not tickets:
                tickets.append(replace(self.desk.cast, at=at).ticket())
            else:
                with suppress(Refusal):
                    DEEDS[what](self, tickets[number % len(tickets)], at)
            between(at)
        return at

    def charge(self, ticket: Ticket, at: datetime) -> object:
        """Olga is in charge."""
        cast = self.desk.cast
        return assign(ticket, assignee=cast.olga, team=cast.shop_team, by=self.by, at=at)


DEEDS: dict[str, Act] = {
    "write": lambda my, ticket, at: my.desk.write(ticket, "Hello?", at),
    "answer": lambda my, ticket, at: my.desk.answer(ticket, at),
    "assign": Hands.charge,
    "hold": lambda my, ticket, at: wait(ticket, State.ON_HOLD, by=my.by, at=at),
    "other": lambda my, ticket, at: wait(ticket, State.WAITING_OTHER, by=my.by, at=at),
    "solve": lambda my, ticket, at: solve(ticket, by=my.by, at=at),
    "close": lambda my, ticket, at: close(ticket, by=my.by, at=at),
    "reopen": lambda my, ticket, at: reopen(ticket, by=my.by, at=at),
    "high": lambda my, ticket, at: prioritise(ticket, priority=Priority.HIGH, by=my.by, at=at),
    "low": lambda my, ticket, at: prioritise(ticket, priority=Priority.LOW, by=my.by, at=at),
    "tag": lambda my, ticket, at: tag(ticket, add=[my.tag], by=my.by, at=at),
    "untag": lambda my, ticket, at: tag(ticket, remove=[my.tag], by=my.by, at=at),
    "category": lambda my, ticket, at: categorise(ticket, category=my.category, by=my.by, at=at),
    "note": lambda my, ticket, at: note(ticket, text="Look", by=my.by, at=at),
    "snooze": lambda my, ticket, at: snooze(ticket, until=at + timedelta(days=9), by=my.by, at=at),
}
ACTS = (OPEN, *DEEDS)
