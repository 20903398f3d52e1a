"""An approval of a company without secrets, for the matrix of routes."""

from datetime import UTC, datetime, timedelta

from ambidesk.ground.files.storing import store
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies import registering
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.companies.registering import Profile
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.service.sla.keeping import make_promises
from ambidesk.support.approvals.asking import Wish, ask
from ambidesk.support.approvals.linking import token_of
from ambidesk.support.approvals.models import Answer, Approval, Link
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast


def approver(cast: Cast) -> Contact:
    """Boris, who may approve everything for a parlour."""
    parlour = registering.register(None, Profile(name="Parlour"), by=SYSTEM, at=cast.at)
    contact = appoint(parlour, cast.boris.person, since=cast.at.date(), by=SYSTEM, at=cast.at)
    terms = Terms(scope=ScopeKind.COMPANY, powers=frozenset(Power))
    grant_authority(contact, terms, by=SYSTEM, at=cast.at)
    return contact


def link_of_parlour(cast: Cast, contact: Contact) -> str:
    """The token of a link that is good today."""
    ticket = cast.ticket("A chair is broken", subject="Chair")
    attribute(ticket, company=contact.company, site=None, by=SYSTEM, at=cast.at)
    wish = Wish(kind=Kind.ACCEPTANCE, title="Chair")
    ask(ticket, wish, by=SYSTEM, at=datetime.now(UTC))
    link = Link.objects.get(asked__contact=contact)
    return token_of(link.asked_id, link.nonce)


def answered_about(cast: Cast, ticket: Ticket, *, contact: Contact) -> Approval:
    """An answer with a file, put beside a ticket that is of no company."""
    at = cast.at
    (promise,) = make_promises(1, at=at)
    row = Approval(
        ticket=ticket,
        kind=Kind.ACCEPTANCE,
        state="refused",
        company=contact.company,
        requester=ticket.requester,
        title="Parcel",
        asked_at=at,
        patience=timedelta(hours=4),
        promise=promise,
    )
    row.content = row.frozen.digest
    row.save()
    Answer.objects.create(
        approval=row,
        contact=contact,
        yes=False,
        content=row.content,
        source="noted",
        noted_by=cast.olga.user,
        noted_from="letter",
        blob=store(b"no", at=at),
        file_name="no.txt",
        at=at,
    )
    return row
