"""A client whom the site signed for sees their account manager; a guest sees nobody."""

from datetime import timedelta

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.stewards.entrusting import entrust
from ambidesk.parties.stewards.models import Duty
from ambidesk.support.channels.widget.introducing import manager_of
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.proving import Claims
from ambidesk.support.channels.widget.visiting import Guest, begin
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.clients import Clients, make_clients


def _managed(cast: Cast) -> Clients:
    made = make_clients(cast)
    for company, member in ((made.chain, cast.olga), (made.house, cast.ivan)):
        entrust(company, member, duty=Duty.MANAGER, since=cast.at.date(), by=SYSTEM, at=cast.at)
    return made


def _visit(widget: Channel, made: Clients, *, proved: bool) -> Visitor:
    email = Identity.objects.get(person=made.seller.person_id, kind=IdentityKind.EMAIL).value
    claims = Claims(subject="7", name="Sonya", email=email, until=made.cast.at + timedelta(hours=1))
    guest = Guest(claims=claims) if proved else Guest(name="Sonya", email=email)
    return begin(widget, guest, at=made.cast.at)[0]


def _named(visitor: Visitor, cast: Cast, ticket: Ticket | None = None) -> str:
    found = manager_of(visitor, ticket, at=cast.at)
    return found.name if found else ""


def test_whom_the_site_signed_for_sees_the_manager_of_their_company(
    cast: Cast, widget: Channel
) -> None:
    made = _managed(cast)
    assert _named(_visit(widget, made, proved=True), cast) == "Olga Orlova"


def test_a_guest_who_types_the_address_of_a_client_sees_nobody(cast: Cast, widget: Channel) -> None:
    made = _managed(cast)
    assert _named(_visit(widget, made, proved=False), cast) == ""


def test_who_speaks_for_two_companies_sees_the_manager_of_the_one_they_write_about(
    cast: Cast, widget: Channel
) -> None:
    made = _managed(cast)
    person = made.seller.person
    appoint(made.house, person, since=cast.at.date(), by=SYSTEM, at=cast.at)
    visitor = _visit(widget, made, proved=True)
    assert _named(visitor, cast) == ""
    assert _named(visitor, cast, made.ask(made.owner, "About the house")) == "Ivan Ilyin"
    assert _named(visitor, cast, made.ask(made.seller, "About the chain")) == "Olga Orlova"


def test_a_ticket_of_a_company_that_one_does_not_speak_for_tells_nobody(
    cast: Cast, widget: Channel
) -> None:
    made = _managed(cast)
    visitor = _visit(widget, made, proved=True)
    assert _named(visitor, cast, made.ask(made.owner, "Of others")) == ""
