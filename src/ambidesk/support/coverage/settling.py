"""
Settling: the coverage of tickets decided anew and written down; settling twice changes nothing.

A ticket that is over keeps what was decided last.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contracts.keeping import decide_many
from ambidesk.service.contracts.rules.deciding import Verdict
from ambidesk.support.coverage.events import CoverageDecided
from ambidesk.support.coverage.facts import BESIDE, matters_of
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import tell


@transaction.atomic
def settle(numbers: Collection[int], *, by: Actor, at: datetime) -> None:
    """Decide about tickets anew, as far as they are open and a company's."""
    rows = Ticket.objects.active().select_for_update(no_key=True).filter(pk__in=numbers)
    locked = rows.exclude(company=None, coverage=None).order_by("pk").values_list("pk", flat=True)
    # Read once the locks are held: what is joined while waiting for them is of before the wait.
    fresh = Ticket.objects.filter(pk__in=list(locked))
    tickets = list(fresh.select_related(*BESIDE).order_by("pk"))
    if not tickets:
        return
    on = day_of(at)
    kept = decide_many(matters_of(tickets, on=on), on=on, at=at)
    before = {ticket.pk: ticket.coverage_id for ticket in tickets}
    for ticket in tickets:
        # Who turns out to be nobody's client has no coverage; its decisions stay.
        ticket.coverage = kept[ticket.pk].coverage if ticket.pk in kept else None
    changed = [ticket for ticket in tickets if ticket.coverage_id != before[ticket.pk]]
    Ticket.objects.bulk_update(changed, ["coverage"])
    decided = [(ticket, kept[ticket.pk].decision) for ticket in tickets if ticket.pk in kept]
    events = [
        CoverageDecided(
            ticket_id=ticket.pk,
            decision_id=decision.pk,
            verdict=Verdict(decision.verdict),
            overruled=False,
        )
        for ticket, decision in decided
        if decision
    ]
    if events:
        journal.record_many(events, by=by, at=at)
        tell([ticket for ticket, decision in decided if decision])
