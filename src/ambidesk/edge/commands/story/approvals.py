"""Approvals of the demo: a part waits for the territory manager, a dearer one for the office."""

from contextlib import suppress
from datetime import datetime
from decimal import Decimal

from ambidesk.edge.commands.story.portal import MANAGER, OFFICE
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.ground.kernel.money import Money
from ambidesk.parties.authority.deciding import place_of, who_may
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.companies.models import Contact
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.support.approvals.asking import NobodyMay, Wish, ask
from ambidesk.support.approvals.models import Approval
from ambidesk.support.tickets.models import Ticket

# Whose turn it is, how much, for what.
WANTED = (
    (MANAGER, 18_000, "Компрессор холодильной витрины", "Деталь 13 500 ₽, работа 4 500 ₽."),
    (OFFICE, 24_500, "Замена вентилятора конденсатора", "Деталь 17 000 ₽, работа 7 500 ₽."),
)


def ask_clients(*, until: datetime) -> None:
    """Ask about two costs, unless that was told before."""
    if Approval.objects.exists():
        return
    taken: set[int] = set()
    for login, rubles, title, words in WANTED:
        amount = Money(Decimal(rubles), "RUB")
        contact = Contact.objects.filter(person__identities__value=login).first()
        ticket = _ticket(contact, amount, taken=taken, until=until) if contact else None
        if ticket is None:
            continue
        taken.add(ticket.pk)
        wish = Wish(kind=Kind.COST, title=title, words=words, amount=amount)
        with suppress(NobodyMay):
            ask(ticket, wish, by=TELLER, at=until)


def _ticket(contact: Contact, amount: Money, *, taken: set[int], until: datetime) -> Ticket | None:
    """An open ticket about which this contact is asked first."""
    rows = Ticket.objects.active().filter(company=contact.company_id, suspended=False)
    for ticket in rows.exclude(pk__in=taken).exclude(site=None).order_by("pk")[:40]:
        place = place_of(
            company_id=contact.company_id,
            site_id=ticket.site_id,
            requester_id=ticket.requester_id,
        )
        steps = who_may(Power.APPROVE_COST, place, at=until, amount=amount)
        if steps and contact.pk in steps[0]:
            return ticket
    return None
