"""A desk with rules: what its lanes would do is done in the test, as often as there is work."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from ambidesk.across.automation.models import Rule, Run
from ambidesk.across.automation.planning import plan
from ambidesk.across.automation.running import run_due
from ambidesk.across.automation.sweeping import sweep
from ambidesk.across.automation.triggers import KINDS
from ambidesk.across.automation.writing import RuleText, switch_rule, write_rule
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry, Origin
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.filing import file_message
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast

HOUR = timedelta(hours=1)
HIGH = {"action": "tickets.prioritise", "parameters": {"priority": 3}}
URGENT = {"action": "tickets.prioritise", "parameters": {"priority": 4}}
LOW = {"action": "tickets.prioritise", "parameters": {"priority": 1}}


def asked(name: str, operator: str, value: object) -> dict[str, Any]:
    """One question of the one language."""
    return {"field": name, "operator": operator, "value": value}


@dataclass(slots=True, kw_only=True)
class Automated:
    """The cast with rules; `read` is how far the journal was read."""

    cast: Cast
    read: int = 0
    names: dict[str, Rule] = field(default_factory=dict)

    def rule(
        self,
        name: str,
        *steps: dict[str, Any],
        on: object = ("opened",),
        when: object = None,
        condition: object = None,
        at: datetime | None = None,
    ) -> Rule:
        """A rule that is on from the beginning."""
        events = {"events": list(on)} if isinstance(on, tuple) else on
        text = RuleText(
            name=name, when=when or events, condition=condition, then=list(steps) or [HIGH]
        )
        at = at or self.cast.at
        admin = self.cast.actor(self.cast.admin)
        made = write_rule(self.names.get(name), text, by=admin, at=at)
        self.names[name] = switch_rule(made, on=True, by=admin, at=at)
        return self.names[name]

    def entries(self) -> list[Entry]:
        """What happened since this was asked last, in order."""
        tickets = list(Ticket.objects.values_list("pk", "promise"))
        many = journal.entries_of_many("ticket", [pk for pk, _promise in tickets])
        promises = [promise for _pk, promise in tickets if promise]
        many_more = journal.entries_of_many("promise", promises)
        every = [e for rows in (*many.values(), *many_more.values()) for e in rows]
        fresh = [e for e in every if e.position.sequence > self.read]
        self.read = max((e.position.sequence for e in fresh), default=self.read)
        live = [e for e in fresh if e.origin == Origin.LIVE and e.kind in KINDS]
        return sorted(live, key=lambda entry: entry.position.sequence)

    def go(self, at: datetime) -> int:
        """Let subscriber and lanes work until nothing is left; say how many runs there are."""
        sweep(at=at)
        while True:
            fresh = self.entries()
            plan(fresh, at=at)
            if not run_due(at=at) and not fresh:
                return Run.objects.count()

    def write(self, ticket: Ticket, text: str, at: datetime, **fields: object) -> Ticket:
        """Anna writes on her ticket."""
        message = replace(self.cast, at=at).write(text, **fields)
        return file_message(ticket, message, by=SYSTEM, at=at)

    def answer(self, ticket: Ticket, at: datetime) -> None:
        """Olga answers."""
        said = Answer(text="On its way.", to=(self.cast.anna,), due_at=at)
        answer(ticket, said, by=self.cast.actor(self.cast.olga), at=at)


@pytest.fixture
def desk(cast: Cast) -> Automated:
    """A desk whose rules a test makes."""
    return Automated(cast=cast)
