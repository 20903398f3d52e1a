"""
Delivering: what became of what we said, as senders and returned mail tell it; in set forms.

A failure brings the ticket back to its operator; that of an automatic message moves nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from ambidesk.ground.kernel import journal, problems
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Delivery, DeliveryState, Trouble
from ambidesk.support.tickets.events import DeliveryFailed
from ambidesk.support.tickets.models import Filing, State, Ticket
from ambidesk.support.tickets.recording import tell
from ambidesk.support.tickets.rules.states import ENDED, after_failure, waiting_for

REFUSED, RETURNED = "delivery-refused", "delivery-returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setback:
    """Why a delivery did not get through; `status` as in RFC 3463, `said` the server's words."""

    delivery_id: int
    trouble: Trouble
    status: str = ""
    said: str = ""


def mark_sent(ids: Sequence[int], *, at: datetime) -> None:
    """Say that the deliveries were accepted, also to the screens that show them."""
    note_sent(ids, at=at)
    show(ids)


def note_sent(ids: Sequence[int], *, at: datetime) -> None:
    """Put down that the deliveries were accepted by the relay; what was marked before stays so."""
    Delivery.objects.filter(pk__in=ids, state=DeliveryState.WAITING).update(
        state=DeliveryState.SENT,
        sent_at=at,
        attempts=F("attempts") + 1,
        leased_until=None,
        trouble="",
        status="",
        last_error="",
        failing_since=None,
    )


@transaction.atomic
def postpone(setbacks: Mapping[datetime, Sequence[Setback]], *, at: datetime) -> None:
    """Say that the deliveries failed for now; each is due again at the instant it stands under."""
    due = {each.delivery_id: (until, each) for until, many in setbacks.items() for each in many}
    rows = _waiting(due)
    for row in rows:
        row.due_at, setback = due[row.pk]
        row.attempts += 1
        row.leased_until = None
        row.failing_since = row.failing_since or at
        _put_down(row, setback)
    changed = ["due_at", "attempts", "leased_until", "failing_since", *WORDS]
    Delivery.objects.bulk_update(rows, changed)
    show([row.pk for row in rows])


@transaction.atomic
def refuse(setbacks: Sequence[Setback], *, by: Actor, at: datetime) -> None:
    """Say that the deliveries failed for good."""
    tickets = _tickets_locked(setback.delivery_id for setback in setbacks)
    told = {setback.delivery_id: setback for setback in setbacks}
    rows = _waiting(told)
    for row in rows:
        row.state = DeliveryState.REFUSED
        row.attempts += 1
        row.leased_until = None
        _put_down(row, told[row.pk])
    Delivery.objects.bulk_update(rows, ["state", "attempts", "leased_until", *WORDS])
    fail(rows, tickets, problem=REFUSED, by=by, at=at)


def fail(
    rows: Sequence[Delivery],
    tickets: Mapping[int, Ticket],
    *,
    problem: str,
    by: Actor,
    at: datetime,
) -> None:
    """Journal and report failed deliveries, and bring their locked tickets back."""
    found = [(row, tickets[row.message_id]) for row in rows if row.message_id in tickets]
    for row, ticket in found:
        if row.message.automatic:
            continue
        _bring_back(ticket, at)
        facts = {"ticket": ticket.pk, "message": row.message_id, "trouble": row.trouble}
        problems.report(problem, ("delivery", row.pk), at=at, facts=facts)
    touched = {ticket.pk: ticket for _row, ticket in found}
    Ticket.objects.bulk_update(
        touched.values(),
        ["state", "waiting_for", "waiting_since", "unread", "snoozed_until", "solved_at"],
    )
    events = [
        DeliveryFailed(ticket_id=ticket.pk, message_id=row.message_id, delivery_id=row.pk)
        for row, ticket in found
    ]
    journal.record_many(events, by=by, at=at)
    tell(touched.values())


def show(ids: Sequence[int]) -> None:
    """Tell the screens that show the tickets of these deliveries."""
    filed = Filing.objects.filter(message__deliveries__in=ids, withdrawn_at=None)
    for ticket, message in sorted(set(filed.values_list("ticket_id", "message_id"))):
        signal(f"ticket:{ticket}", note=str(message))


WORDS = ("trouble", "status", "last_error")


def _put_down(row: Delivery, setback: Setback) -> None:
    row.trouble = setback.trouble
    row.status = setback.status[:12]
    row.last_error = one_line(setback.said, 500)


def _waiting(ids: Iterable[int]) -> list[Delivery]:
    rows = Delivery.objects.filter(pk__in=list(ids), state=DeliveryState.WAITING)
    locked = rows.select_for_update(of=("self",)).order_by("pk")
    return list(locked.select_related("message"))


def _tickets_locked(deliveries: Iterable[int]) -> dict[int, Ticket]:
    messages = Delivery.objects.filter(pk__in=list(deliveries)).values_list("message_id", flat=True)
    return tickets_locked(set(messages))


def tickets_locked(messages: Iterable[int]) -> dict[int, Ticket]:
    """Lock the tickets on which messages stand now, in the order of their keys; by message."""
    filed = Filing.objects.filter(message__in=list(messages), withdrawn_at=None)
    places = dict(filed.order_by("pk").values_list("message_id", "ticket_id"))
    rows = (
        Ticket.objects.select_for_update(no_key=True).filter(pk__in=places.values()).order_by("pk")
    )
    found = {row.pk: row for row in rows}
    return {message: found[ticket] for message, ticket in places.items()}


def _bring_back(ticket: Ticket, at: datetime) -> None:
    before = State(ticket.state)
    state = after_failure(before)
    ticket.unread = state not in ENDED
    if state is before:
        return
    ticket.state = state
    ticket.waiting_for = waiting_for(state)
    ticket.waiting_since = at
    ticket.snoozed_until = None
    ticket.solved_at = None
