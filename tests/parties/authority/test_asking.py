"""Questions that are written once for all contacts of a kind: each gets what they see, no more."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db.models import QuerySet

from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.ground.reach.branches import visible
from ambidesk.parties.authority.asking import asked_by
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.models import Company, Contact, Department, Site
from ambidesk.support.approvals.models import Approval
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.clients import Clients, make_client_things, make_clients
from tests.parties.authority.departments import ORDINARY

pytestmark = pytest.mark.django_db
MODELS = (Ticket, Site, Company, Approval)


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies, each with requests."""
    clients = make_clients(cast)
    make_client_things(clients)
    clients.ask(clients.seller, "A bill is wrong")
    clients.ask(clients.director, "Door is stuck", clients.south_shop)
    return clients


def rows_of(model: type[Any], actor: Actor) -> "QuerySet[Any, Any]":
    return visible(model.objects.order_by("pk"), actor).values_list("pk", flat=True)


def asked(model: type[Any], actor: Actor) -> list[int]:
    """What an actor sees, by a question that is kept."""

    def make(actor: Actor, _slots: Mapping[str, Any]) -> "QuerySet[Any, Any]":
        return rows_of(model, actor)

    return asked_by(actor, ("test", model), make=make)


def everybody(clients: Clients) -> list[Contact]:
    return [
        clients.director,
        clients.owner,
        clients.manager,
        clients.shopkeeper,
        clients.seller,
    ]


def test_each_contact_gets_what_they_see_whoever_asked_before(clients: Clients) -> None:
    actors = [clients.actor(each) for each in everybody(clients)]
    for model in MODELS:
        for actor in [*actors, *reversed(actors)]:
            assert asked(model, actor) == list(rows_of(model, actor))
    assert asked(Ticket, actors[0])
    assert not set(asked(Ticket, actors[0])) & set(asked(Ticket, actors[1]))


def test_it_is_written_once_for_contacts_of_a_kind(clients: Clients) -> None:
    made = []

    def make(actor: Actor, slots: Mapping[str, Any]) -> "QuerySet[Any, Any]":
        made.append(actor)
        return rows_of(Ticket, actor).filter(pk__gt=slots["after"])

    for contact in (clients.director, clients.owner, clients.director):
        actor = clients.actor(contact)
        assert asked_by(actor, "test once", make=make, after=0) == asked(Ticket, actor)
        assert asked_by(actor, "test once", make=make, after=2**40) == []
    assert len(made) == 1
    # What is written knows nobody: neither who asked first nor for whom they act.
    (written,) = made
    assert not written.companies & {clients.chain.pk, clients.house.pk}
    assert written.id != clients.actor(clients.director).id


def test_whoever_speaks_for_a_department_sees_what_is_below_it_now(clients: Clients) -> None:
    at = clients.cast.at
    office = Department.objects.create(company=clients.chain, name="Office")
    desk = Department.objects.create(company=clients.chain, name="Desk")
    Contact.objects.filter(pk=clients.seller.pk).update(department=desk)
    terms = Terms(scope=ScopeKind.DEPARTMENT, department=office, powers=ORDINARY)
    grant_authority(clients.shopkeeper, terms, by=SYSTEM, at=at)
    actor = clients.actor(clients.shopkeeper)
    before = set(asked(Ticket, actor))
    Department.objects.filter(pk=desk.pk).update(parent=office)
    more = Ticket.objects.filter(requester=clients.seller.person_id, suspended=False)
    assert set(asked(Ticket, actor)) - before == set(more.values_list("pk", flat=True)) - before
    assert more.exists()
