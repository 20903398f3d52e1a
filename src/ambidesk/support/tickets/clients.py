"""
Who sees which tickets as a contact of a company: one branch a scope, each on an index of its own.

Every branch asks for the company first. Of a ticket a contact sees what was said with the company:
no notes, no words with anybody else, nothing that is held back or not due yet.
"""

from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.branches import Branch, Sight
from ambidesk.parties.authority.covering import held_by, territories_below
from ambidesk.parties.authority.models import Authority, departments_below
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.models import Contact, Site
from ambidesk.parties.people.models import Person
from ambidesk.support.conversations.models import Delivery, DeliveryState, Direction
from ambidesk.support.tickets.models import Filing, Ticket
from ambidesk.support.tickets.rules.suspension import SuspendedFor

UNSAID: Final = (DeliveryState.WITHDRAWN,)


def own_tickets(actor: Actor) -> Q | Sight:
    """What somebody asked for themselves."""
    if not _acts(actor, ScopeKind.OWN):
        return Sight.NOTHING
    mine = Person.objects.filter(whole__in=Person.objects.filter(pk=actor.id or 0).values("whole"))
    companies = held_by(actor, ScopeKind.OWN).values("company")
    return _shown(requester__in=mine.values("pk"), company__in=companies)


def tickets_of_sites(actor: Actor) -> Q | Sight:
    """What stands at one of the chosen sites."""
    if not _acts(actor, ScopeKind.SITES):
        return Sight.NOTHING
    chosen = Authority.sites.through.objects.filter(authority__in=held_by(actor, ScopeKind.SITES))
    return _shown(company__in=actor.companies, site__in=chosen.values("site"))


def tickets_of_territories(actor: Actor) -> Q | Sight:
    """What stands at a site anywhere below one of the territories."""
    if not _acts(actor, ScopeKind.TERRITORIES):
        return Sight.NOTHING
    below = territories_below(held_by(actor, ScopeKind.TERRITORIES))
    sites = Site.objects.filter(territory__in=below.values("pk"))
    return _shown(company__in=actor.companies, site__in=sites.values("pk"))


def tickets_of_departments(actor: Actor) -> Q | Sight:
    """What somebody of the department, or of one below it, asked for."""
    if not _acts(actor, ScopeKind.DEPARTMENT):
        return Sight.NOTHING
    held = dict(held_by(actor, ScopeKind.DEPARTMENT).values_list("department_id", "company_id"))
    theirs = Contact.objects.filter(
        company=OuterRef("company"),
        department__in=departments_below(held),
        person=OuterRef("requester"),
    )
    return _shown(Exists(theirs), company__in=set(held.values()))


def tickets_of_companies(actor: Actor) -> Q | Sight:
    """Whatever the company has."""
    if not _acts(actor, ScopeKind.COMPANY):
        return Sight.NOTHING
    return _shown(company__in=held_by(actor, ScopeKind.COMPANY).values("company"))


def held_for_companies(actor: Actor) -> Q | Sight:
    """
    What a stranger wrote from a domain of the company, until somebody who manages it looks.

    It stands at no site: only who manages the whole can say whose it is.
    """
    if not _acts(actor, ScopeKind.COMPANY):
        return Sight.NOTHING
    managed = held_by(actor, ScopeKind.COMPANY).filter(powers__contains=[Power.MANAGE.value])
    return Q(
        company__in=managed.values("company"),
        suspended_for=SuspendedFor.UNKNOWN_WRITER,
    )


def sees_held(actor: Actor) -> bool:
    """Whether anything is shown to the actor that is held back: only for a whole company."""
    return _acts(actor, ScopeKind.COMPANY)


def messages_for_clients(actor: Actor) -> Q | Sight:
    """What stands on a visible ticket and was said by or to somebody of its company."""
    if not _speaks(actor):
        return Sight.NOTHING
    return Q(Exists(_said(actor, message="pk")), withdrawn_at=None, erased_at=None)


def attachments_for_clients(actor: Actor) -> Q | Sight:
    """Whoever sees a message sees its files."""
    if not _speaks(actor):
        return Sight.NOTHING
    said = Exists(_said(actor, message="message"))
    return Q(said, message__withdrawn_at=None, message__erased_at=None)


TICKETS: Final[tuple[Branch, ...]] = (
    own_tickets,
    tickets_of_sites,
    tickets_of_territories,
    tickets_of_departments,
    tickets_of_companies,
    held_for_companies,
)


def _speaks(actor: Actor) -> bool:
    return actor.kind is ActorKind.CONTACT and bool(actor.authorities)


def _acts(actor: Actor, scope: ScopeKind) -> bool:
    """Whether an authority of this scope is held: a branch for nobody costs each question time."""
    return _speaks(actor) and scope in actor.scopes


def _shown(*conditions: Exists, **fields: object) -> Q:
    return Q(*conditions, suspended=False, **fields)


def _said(actor: Actor, *, message: str) -> QuerySet[Filing]:
    """Filings of the outer message on a visible ticket, where its company takes part in it."""
    filed = Filing.objects.filter(
        message=OuterRef(message),
        withdrawn_at=None,
        ticket__in=Ticket.objects.visible_to(actor),
    )
    theirs = Contact.objects.filter(company=OuterRef("ticket__company"))
    heard = Q(message__direction=Direction.INBOUND) & (
        Q(message__sender__person__whole=F("ticket__requester__whole"))
        | Exists(theirs.filter(person=OuterRef("message__sender__person")))
    )
    sent = Delivery.objects.filter(message=OuterRef("message"), due_at__lte=actor.asked_at).exclude(
        state__in=UNSAID
    )
    to_requester = sent.filter(recipient__person__whole=OuterRef("ticket__requester__whole"))
    to_contact = sent.filter(
        recipient__person__in=Contact.objects.filter(
            company=OuterRef(OuterRef("ticket__company"))
        ).values("person")
    )
    return filed.filter(heard | Exists(to_requester) | Exists(to_contact))
