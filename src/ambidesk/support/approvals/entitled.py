"""Entitled: who may approve something about a ticket at an instant, and why nobody may."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ambidesk.ground.kernel.money import Money
from ambidesk.parties.authority.deciding import Stand, mandates_in, place_of, places_of
from ambidesk.parties.authority.rules.power import Power, approvers
from ambidesk.parties.authority.rules.scope import Place
from ambidesk.parties.companies.models import Contact
from ambidesk.service.approvals.rules.deciding import Kind, Steps, others_of
from ambidesk.service.approvals.rules.nobody import Nobody, why_nobody
from ambidesk.support.approvals.models import Approval
from ambidesk.support.conversations.models import Direction, Message
from ambidesk.support.tickets.models import Ticket

POWERS: Final[Mapping[Kind, Power]] = {
    Kind.REQUEST: Power.APPROVE_REQUEST,
    Kind.COST: Power.APPROVE_COST,
    Kind.ACCEPTANCE: Power.ACCEPT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitled:
    """Contacts by steps, nearest first, without `own`; `nobody` says why there are none."""

    steps: Steps
    own: frozenset[int]
    nobody: Nobody | None

    @property
    def everybody(self) -> tuple[int, ...]:
        """All who may, nearest first."""
        return tuple(contact for step in self.steps for contact in step)

    def after(self, asked: Collection[int]) -> tuple[int, ...]:
        """Whom to ask next: the nearest step with somebody who was not asked, without the rest."""
        steps = (tuple(who for who in step if who not in asked) for step in self.steps)
        return next((step for step in steps if step), ())


def entitled_to(kind: Kind, ticket: Ticket, *, amount: Money | None, at: datetime) -> Entitled:
    """Say who may approve it now; the ticket is of a company."""
    place, own, power = place_at(ticket), own_contacts(kind, ticket), POWERS[kind]
    held = mandates_in(place.company, at=at)
    steps = approvers(held, power, place=place, at=at, amount=amount)
    nobody = why_nobody(held, power, place=place, at=at, amount=amount, own=own)
    return Entitled(steps=others_of(steps, own=own), own=own, nobody=nobody)


def entitled_to_many(rows: Sequence[Approval], *, at: datetime) -> Mapping[int, frozenset[int]]:
    """Say who may answer each, by its id; as many questions for one as for many of a company."""
    stands = {row.pk: _stand(row.ticket) for row in rows}
    places = places_of(set(stands.values()))
    held = {key: mandates_in(key, at=at) for key in {row.company_id for row in rows}}
    begun = _begun_by({row.ticket_id for row in rows})
    wholes = {row.ticket.requester.whole for row in rows} | set(begun.values())
    themselves = Contact.objects.filter(company__in=held, person__whole__in=wholes)
    own: dict[tuple[int, object], set[int]] = {}
    for key, company, whole in themselves.values_list("pk", "company", "person__whole"):
        own.setdefault((company, whole), set()).add(key)
    found = {}
    for row in rows:
        kind, place = Kind(row.kind), places[stands[row.pk]]
        steps = approvers(held[row.company_id], POWERS[kind], place=place, at=at, amount=row.amount)
        may = {contact for step in steps for contact in step}
        if kind is not Kind.ACCEPTANCE:
            may -= own.get((row.company_id, row.ticket.requester.whole), set())
            may -= own.get((row.company_id, begun.get(row.ticket_id)), set())
        found[row.pk] = frozenset(may)
    return found


def _stand(ticket: Ticket) -> Stand:
    return ticket.company_id or 0, ticket.site_id, ticket.requester_id


def place_at(ticket: Ticket) -> Place:
    """Say where a ticket of a company stands."""
    return place_of(
        company_id=ticket.company_id or 0,
        site_id=ticket.site_id,
        requester_id=ticket.requester_id,
    )


def own_contacts(kind: Kind, ticket: Ticket) -> frozenset[int]:
    """
    The contacts who are the requester: of a request and its cost nobody approves their own.

    Whoever asked for it through a login that several people share is the requester, too.
    Works are ours, so that whoever asked for them may accept them.
    """
    if kind is Kind.ACCEPTANCE:
        return frozenset()
    wholes = {ticket.requester.whole, *_begun_by({ticket.pk}).values()}
    rows = Contact.objects.filter(company=ticket.company_id or 0, person__whole__in=wholes)
    return frozenset(rows.values_list("pk", flat=True))


def _begun_by(tickets: Collection[int]) -> Mapping[int, int]:
    """The persons who began tickets through a login that several share, by ticket."""
    first = Message.objects.filter(filings__ticket__in=tickets, direction=Direction.INBOUND)
    ordered = first.order_by("filings__ticket", "pk").distinct("filings__ticket")
    rows = ordered.values_list("filings__ticket", "speaker__person__whole")
    return {ticket: whole for ticket, whole in rows if whole is not None}
