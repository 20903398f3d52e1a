"""Choosing: the first policy, in their order, whose condition holds for a ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from ambidesk.ground.conditions.binding import Asker, Bound, bind
from ambidesk.ground.conditions.evaluating import holds
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.service.sla.models import Policy
from ambidesk.support.promises.agreed import Known, by_contract
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.models import Ticket

NOTHING = (None, None)
Key = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A policy that is in use: its terms by their ids, and for whom; None means for everybody."""

    key: Key
    bound: Bound | None

    def holds(self, ticket: Ticket, at: datetime) -> bool:
        """Tell whether it is this ticket's."""
        return self.bound is None or holds(self.bound, ticket, at=at)


def offers(*, at: datetime) -> Sequence[Offer]:
    """Read the policies in use, in their order; one that cannot be read holds for nobody."""
    rows = Policy.objects.filter(archived_at=None).annotate(
        version=Max("versions"), hours=Max("calendar__versions")
    )
    found = []
    for row in rows.order_by("place", "pk"):
        try:
            bound = row.condition and bind(
                read(row.condition, TICKET_VOCABULARY), TICKET_VOCABULARY, asker=Asker(at=at)
            )
        except Refusal:
            continue
        found.append(Offer(key=(row.version, row.hours), bound=bound or None))
    return found


def choose(ticket: Ticket, among: Sequence[Offer], *, known: Known, at: datetime) -> Key:
    """Choose the terms of a ticket: its contract's, else those of the first policy that fits."""
    return by_contract(ticket, known) or next(
        (offer.key for offer in among if offer.holds(ticket, at)), NOTHING
    )
