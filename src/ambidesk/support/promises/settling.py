"""
Settling: the promise of each ticket that moved, folded anew from its journal and written down.

Settling twice changes nothing. An ended ticket keeps the terms that it ended with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry, Origin
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.sla.keeping import keep, make_promises
from ambidesk.service.sla.models import Promise
from ambidesk.service.sla.rules.clocks import Clock, fold
from ambidesk.support.promises.agreed import BESIDE, Known
from ambidesk.support.promises.choosing import Offer, choose, offers
from ambidesk.support.promises.events import TermsChosen
from ambidesk.support.promises.reading import facts_of
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import tell


@dataclass(slots=True, kw_only=True)
class Ledger:
    """What is found out about a batch of tickets."""

    chosen: list[Promise] = field(default_factory=list)
    events: list[TermsChosen] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)
    known: Known = field(default_factory=dict)


@transaction.atomic
def settle(moved: Mapping[int, datetime], *, by: Actor, at: datetime) -> None:
    """Give tickets the clocks that follow from their journal; `moved` says since when each."""
    among = offers(at=at)
    rows = Ticket.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=moved)
    if not among:
        rows = rows.filter(promise__isnull=False)
    tickets = list(
        rows.select_related("promise", "requester", "requester_identity", *BESIDE).order_by("pk")
    )
    if not tickets:
        return
    _give_promises(tickets, at)
    ledger = Ledger()
    for ticket in tickets:
        _choose(ticket, among, ledger, since=moved[ticket.pk], at=at)
    Promise.objects.bulk_update(ledger.chosen, ["policy", "calendar", "chosen_at"])
    journal.record_many(ledger.events, by=by, at=ledger.moments)
    _keep(tickets, at)


def clocks_of(ticket: Ticket, entries: Sequence[Entry]) -> list[Clock]:
    """Fold the entries of a ticket, oldest first, into its clocks."""
    return fold(facts_of(entries, suspended=ticket.suspended))


def _give_promises(tickets: Sequence[Ticket], at: datetime) -> None:
    bare = [ticket for ticket in tickets if ticket.promise is None]
    for ticket, promise in zip(bare, make_promises(len(bare), at=at), strict=True):
        ticket.promise = promise
    Ticket.objects.bulk_update(bare, ["promise"])


def _choose(
    ticket: Ticket, among: Sequence[Offer], ledger: Ledger, *, since: datetime, at: datetime
) -> None:
    promise = ticket.promise
    if promise is None or (promise.policy_id and ticket.is_ended):
        return
    key = choose(ticket, among, known=ledger.known, at=at)
    if key != (promise.policy_id, promise.calendar_id):
        promise.policy_id, promise.calendar_id = key
        event = TermsChosen(
            ticket_id=ticket.pk, policy_version_id=key[0], calendar_version_id=key[1]
        )
        ledger.events.append(event)
        ledger.moments.append(since)
    promise.chosen_at = at
    ledger.chosen.append(promise)


def _keep(tickets: Sequence[Ticket], at: datetime) -> None:
    entries = journal.entries_of_many("ticket", [ticket.pk for ticket in tickets])
    folded = {ticket.promise_id or 0: clocks_of(ticket, entries[ticket.pk]) for ticket in tickets}
    quiet = {
        ticket.promise_id or 0
        for ticket in tickets
        if any(entry.origin != Origin.LIVE for entry in entries[ticket.pk])
    }
    keep(folded, at=at, quiet=quiet)
    changed = []
    for ticket in tickets:
        due_at = next_due(folded[ticket.promise_id or 0])
        if due_at != ticket.due_at:
            ticket.due_at = due_at
            changed.append(ticket)
    Ticket.objects.bulk_update(changed, ["due_at"])
    tell(changed)


def next_due(clocks: Sequence[Clock]) -> datetime | None:
    """Give what falls due first of what is still owed and not paused."""
    owed = [each.due_at for each in clocks if each.met_at is None and not each.is_paused]
    return min((due for due in owed if due is not None), default=None)
