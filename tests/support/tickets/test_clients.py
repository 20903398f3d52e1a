"""What contacts of companies see of tickets, by reach and by the wall behind it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.wall import walled
from ambidesk.parties.authority.entering import entering
from ambidesk.parties.authority.granting import Terms, grant_authority, withdraw_authority
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Company, Contact, Department, Site
from ambidesk.parties.people.models import Identity, Person
from ambidesk.support.conversations.models import Attachment, Message
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Note, Ticket
from ambidesk.support.tickets.noting import note
from tests.cast import Cast
from tests.clients import CHAIN_WORD, HOUSE_WORD, Clients, make_clients

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies."""
    return make_clients(cast)


def seen(clients: Clients, contact: Contact) -> set[int]:
    """The numbers of the tickets that a contact sees."""
    rows = Ticket.objects.visible_to(clients.actor(contact))
    return set(rows.values_list("pk", flat=True))


def test_each_scope_sees_its_own_part_of_the_company(clients: Clients) -> None:
    north = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    south = clients.ask(clients.director, "Door is stuck", clients.south_shop)
    nowhere = clients.ask(clients.seller, "A bill is wrong")
    foreign = clients.ask(clients.owner, "Lift is stuck", clients.house_site)
    private = clients.cast.ticket()
    assert seen(clients, clients.seller) == {nowhere.pk}
    assert seen(clients, clients.shopkeeper) == {north.pk}
    assert seen(clients, clients.manager) == {north.pk}
    assert seen(clients, clients.director) == {north.pk, south.pk, nowhere.pk}
    assert seen(clients, clients.owner) == {foreign.pk}
    assert private.pk not in seen(clients, clients.director)


def test_a_department_sees_what_its_people_and_those_below_ask(clients: Clients) -> None:
    at, cast = clients.cast.at, clients.cast
    office = Department.objects.create(company=clients.chain, name="Office")
    desk = Department.objects.create(company=clients.chain, name="Desk", parent=office)
    other = Department.objects.create(company=clients.chain, name="Other")
    for contact, department in ((clients.seller, desk), (clients.shopkeeper, other)):
        Contact.objects.filter(pk=contact.pk).update(department=department)
    mine = clients.ask(clients.seller, "No paper")
    clients.ask(clients.shopkeeper, "No light")
    chief = appoint(clients.chain, cast.anna.person, since=at.date(), by=SYSTEM, at=at)
    terms = Terms(scope=ScopeKind.DEPARTMENT, department=office)
    grant_authority(chief, terms, by=SYSTEM, at=at)
    assert seen(clients, chief) == {mine.pk}


def test_one_human_being_keeps_companies_apart(clients: Clients) -> None:
    at = clients.cast.at
    second = appoint(clients.house, clients.seller.person, since=at.date(), by=SYSTEM, at=at)
    own = clients.ask(clients.seller, "For the chain")
    other = clients.ask(second, "For the house")
    assert seen(clients, clients.seller) == {own.pk}
    grant_authority(second, Terms(scope=ScopeKind.OWN), by=SYSTEM, at=at)
    assert seen(clients, clients.seller) == {own.pk, other.pk}


def test_what_ended_is_seen_no_more_from_that_instant(clients: Clients) -> None:
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    assert seen(clients, clients.manager) == {ticket.pk}
    later = clients.cast.at + timedelta(minutes=1)
    row = Authority.objects.get(contact=clients.manager)
    withdraw_authority(row, by=SYSTEM, at=later)
    actor = entering(clients.user(clients.manager), at=later)
    assert not Ticket.objects.visible_to(actor).exists()
    assert not actor.rights


def test_of_a_ticket_a_contact_sees_what_was_said_with_the_company(clients: Clients) -> None:
    cast = clients.cast
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    requester = ticket.requester_identity
    assert requester
    olga = cast.actor(cast.olga)
    said = Answer(text="We come at ten", to=(requester,), due_at=cast.at)
    answer(ticket, said, by=olga, at=cast.at)
    later = Answer(text="Not yet", to=(requester,), due_at=cast.at + timedelta(hours=1))
    answer(ticket, later, by=olga, at=cast.at)
    aside = Answer(text="Have you the part?", to=(cast.boris,), due_at=cast.at)
    answer(ticket, aside, by=olga, at=cast.at)
    note(ticket, text="They pay late", by=olga, at=cast.at)
    for contact in (clients.shopkeeper, clients.manager, clients.director):
        rows = Message.objects.visible_to(clients.actor(contact))
        assert set(rows.values_list("text", flat=True)) == {"Freezer is warm", "We come at ten"}
    assert not Message.objects.visible_to(clients.actor(clients.owner)).exists()


def test_files_go_with_their_messages(clients: Clients) -> None:
    clients.ask(clients.owner, "Lift is stuck", clients.house_site)
    assert not Attachment.objects.visible_to(clients.actor(clients.director)).exists()


def test_the_wall_hides_the_other_company_from_any_question(clients: Clients) -> None:
    clients.ask(clients.shopkeeper, f"{CHAIN_WORD} freezer", clients.north_shop)
    clients.ask(clients.owner, f"{HOUSE_WORD} lift", clients.house_site)
    clients.cast.ticket("private matter")
    with walled([clients.chain.pk]):
        assert {row.subject for row in Ticket.objects.all()} == {f"{CHAIN_WORD} freezer"}
        assert {row.text for row in Message.objects.all()} == {f"{CHAIN_WORD} freezer"}
        assert {row.name for row in Company.objects.all()} == {f"Chain {CHAIN_WORD}"}
        assert {row.company_id for row in Site.objects.all()} == {clients.chain.pk}
        assert {row.company_id for row in Authority.objects.all()} == {clients.chain.pk}
    with walled([]):
        assert not Ticket.objects.exists()
        assert not Message.objects.exists()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: list(Note.objects.all()),
        lambda: Person.objects.update(name="Changed"),
        lambda: Ticket.objects.update(subject="Changed"),
        lambda: Identity.objects.all().delete(),
    ],
)
def test_behind_the_wall_notes_are_closed_and_nothing_is_written(
    clients: Clients, ask: Callable[[], object]
) -> None:
    with (
        pytest.raises(DatabaseError, match="denied"),
        transaction.atomic(),
        walled([clients.chain.pk]),
    ):
        ask()
