"""A history that is recalled leaves the ticket and the journal that the verbs would have left."""

from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import bring_back_many, wait
from ambidesk.support.tickets.describing import prioritise
from ambidesk.support.tickets.models import Priority, State, Ticket
from ambidesk.support.tickets.opening import Opening, open_ticket
from ambidesk.support.tickets.recalling import Past, Step, recall_many
from ambidesk.support.tickets.rules.states import ENDED
from tests.cast import Cast, make_cast
from tests.conftest import MOMENT

HOUR = timedelta(hours=1)
COLUMNS = (
    "assignee",
    "team",
    "line",
    "state",
    "waiting_for",
    "waiting_since",
    "priority",
    "solved_at",
    "closed_at",
    "reopened_times",
    "opened_at",
)
acts = st.lists(
    st.sampled_from(["olga", "ivan", "nobody", "lifts"])
    | st.sampled_from(State)
    | st.sampled_from(Priority),
    max_size=8,
)


def by_verbs(cast: Cast, told: list[object], by: Actor) -> Ticket:
    opening = Opening(
        brand=cast.shop,
        requester=cast.anna,
        subject="Parcel",
        channel=cast.shop_mail,
        team=cast.shop_team,
    )
    ticket = open_ticket(opening, by=by, at=MOMENT)
    for number, act in enumerate(told, start=1):
        at = MOMENT + number * HOUR
        ticket = _done(cast, ticket, act, by=by, at=at)
    return ticket


def _done(cast: Cast, ticket: Ticket, act: object, *, by: Actor, at: datetime) -> Ticket:
    if isinstance(act, State):
        if ticket.state == act:
            return ticket
        if ticket.is_ended and act not in ENDED:
            return bring_back_many([(ticket, act)], by=by, at=at).single()
        return wait(ticket, act, by=by, at=at)
    if isinstance(act, Priority):
        if ticket.priority == act:
            return ticket
        return prioritise(ticket, priority=act, by=by, at=at)
    member, team = _charge(cast, str(act))
    return assign(ticket, assignee=member, team=team, by=by, at=at)


def _charge(cast: Cast, act: str):
    whom = {"olga": cast.olga, "ivan": cast.ivan}.get(act)
    return whom, cast.shop_team if whom else None


def recalled(cast: Cast, told: list[object], by: Actor) -> Ticket:
    steps = [
        Step(
            at=MOMENT + number * HOUR,
            by=by,
            charge=_charge(cast, act)
            if isinstance(act, str) and not isinstance(act, State)
            else None,
            state=act if isinstance(act, State) else None,
            priority=act if isinstance(act, Priority) else None,
        )
        for number, act in enumerate(told, start=1)
    ]
    past = Past(
        brand=cast.shop,
        channel=cast.shop_mail,
        requester=cast.anna.person,
        identity=cast.anna,
        subject="Parcel",
        opened_at=MOMENT,
        team=cast.shop_team,
        steps=steps,
    )
    return recall_many([past], by=by, at=MOMENT)[0]


def possible(told: list[object]) -> list[object]:
    """What the verbs refuse of a closed ticket is no comparison."""
    found: list[object] = []
    is_closed = False
    for act in told:
        if is_closed and (not isinstance(act, State) or act is State.SOLVED):
            continue
        found.append(act)
        if isinstance(act, State):
            is_closed = act is State.CLOSED
    return found


def entries(ticket: Ticket) -> list[tuple[object, ...]]:
    def plain(entry: Entry) -> tuple[object, ...]:
        data = {name: value for name, value in entry.data.items() if name != "ticket_id"}
        return entry.kind, entry.at, entry.actor_kind, entry.actor_id, data

    return [plain(each) for each in journal.entries_of("ticket", ticket.pk)]


class Alike(TestCase):
    """The two ways of a history."""

    @settings(max_examples=25, deadline=None)
    @given(acts)
    def test_recalled_and_done_by_verbs_are_the_same(self, told: list[object]) -> None:
        with transaction.atomic():
            cast = make_cast(MOMENT)
            by = cast.actor(cast.olga)
            told = possible(told)
            done, then = by_verbs(cast, told, by), recalled(cast, told, by)
            rows = Ticket.objects.filter(pk__in=[done.pk, then.pk]).values(*COLUMNS)
            assert rows[0] == rows[1]
            assert entries(done) == entries(then)
            transaction.set_rollback(True)
