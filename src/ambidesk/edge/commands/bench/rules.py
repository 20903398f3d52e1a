"""Rules: how many events a second are judged by 50 rules, and how many runs are done a second."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from time import perf_counter

from ambidesk.across.automation.models import Run, RunState
from ambidesk.across.automation.planning import plan
from ambidesk.across.automation.running import run_due
from ambidesk.across.automation.writing import RuleText, switch_rule, write_rule
from ambidesk.edge.commands.gauging.figures import Figure, say
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.generating.staff import Room, move_in
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.support.tickets.models import Priority
from ambidesk.support.tickets.opening import Opening, open_many

RULES, TICKETS, AT_ONCE = 50, 5_000, 500
RUN_SECONDS = 20


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Open tickets, have every rule judge each, and do what two of the rules say."""
    del url
    room = move_in(datetime.now(UTC))[0]
    _write_rules(room)
    return list(_figures(_opened(room, order.tickets or TICKETS)))


def _figures(entries: Sequence[Entry]) -> Iterator[Figure]:
    say(_("The rules judge."))
    began = perf_counter()
    for first in range(0, len(entries), AT_ONCE):
        plan(entries[first : first + AT_ONCE], at=datetime.now(UTC))
    spent = perf_counter() - began
    yield Figure(name=f"events judged by {RULES} rules", value=len(entries) / spent, unit="/s")
    say(_("The rules run."))
    began = perf_counter()
    while perf_counter() - began < RUN_SECONDS and run_due(at=datetime.now(UTC)):
        pass
    done = Run.objects.filter(state=RunState.DONE).count()
    yield Figure(name="runs done", value=done / (perf_counter() - began), unit="/s")


def _write_rules(room: Room) -> None:
    """Most hold for nobody, as in a desk; one in twenty-five acts."""
    at = datetime.now(UTC)
    for number in range(RULES):
        acts = number % 25 == 0
        condition = {
            "all": [
                {"field": "priority", "operator": "at_most", "value": Priority.NORMAL.value},
                {"any": [_is("state", "new"), _is("state", "open")]},
                {"field": "subject", "operator": "contains", "value": "a" if acts else "qqq"},
                {"field": "brand", "operator": "one_of", "value": [room.brand.pk]},
            ]
        }
        text = RuleText(
            name=f"Rule {number}",
            when={"events": ["opened", "message", "state"]},
            condition=condition,
            then=[{"action": "tickets.note", "parameters": {"text": "Seen"}}],
        )
        switch_rule(write_rule(None, text, by=SYSTEM, at=at), on=True, by=SYSTEM, at=at)


def _is(field: str, value: str) -> dict[str, str]:
    return {"field": field, "operator": "is", "value": value}


def _opened(room: Room, number: int) -> list[Entry]:
    say(_("Tickets are opened."))
    at = datetime.now(UTC)
    whom = meet(Caller(kind=IdentityKind.EMAIL, value="a@bench.example"), by=SYSTEM, at=at)
    opening = Opening(brand=room.brand, requester=whom, subject="A parcel", channel=room.channel)
    entries: list[Entry] = []
    for _first in range(0, number, AT_ONCE):
        rows = open_many([opening] * AT_ONCE, by=SYSTEM, at=at)
        told = journal.entries_of_many("ticket", [row.pk for row in rows])
        entries += [entry for many in told.values() for entry in many]
    return sorted(entries, key=lambda entry: entry.position.sequence)
