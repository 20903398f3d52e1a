"""A repair of the chain, about whose cost somebody is to be asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.parties.companies.models import Contact
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.service.sla.sweeping import sweep_due
from ambidesk.support.approvals.asking import Wish, ask
from ambidesk.support.approvals.following import KINDS, follow
from ambidesk.support.approvals.models import Approval
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.clients import Clients, make_clients


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A request of the shopkeeper, whose cost Olga asks about."""

    clients: Clients
    ticket: Ticket
    olga: Actor
    at: datetime

    def asked(self, rubles: int = 18_000, words: str = "Compressor") -> Approval:
        """The cost is asked about."""
        wish = Wish(kind=Kind.COST, title=words, amount=Money(Decimal(rubles), "RUB"))
        return ask(self.ticket, wish, by=self.olga, at=self.at)

    def names(self, approval: Approval) -> list[str]:
        """Who was asked, in order."""
        rows = approval.asked.select_related("contact__person")
        return [row.contact.person.name.split()[0] for row in rows]

    def passes(self, hours: int) -> None:
        """So much time passes for all clocks, and the journal is read."""
        at = self.at + timedelta(hours=hours)
        sweep_due(by=SYSTEM, at=at)
        promises = Approval.objects.values_list("promise", flat=True)
        told = [entry for key in promises for entry in entries_of("promise", key)]
        follow([entry for entry in told if entry.kind in KINDS], at=at)

    def follows(self) -> None:
        """What happened to the ticket is read."""
        entries = entries_of("ticket", self.ticket.pk)
        follow([entry for entry in entries if entry.kind in KINDS], at=self.at)

    def actor(self, contact: Contact) -> Actor:
        """A contact, signed in."""
        return self.clients.actor(contact)


@pytest.fixture
def repair(cast: Cast) -> Repair:
    """The repair."""
    clients = make_clients(cast)
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    return Repair(clients=clients, ticket=ticket, olga=cast.actor(cast.olga), at=cast.at)
