"""Questions that are written once for all contacts of a kind: each gets what they see, no more."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from ambidesk.ground.kernel.days import beginning_of
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.parties.authority.asking import asked_by
from ambidesk.parties.authority.entering import entering
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies import placing
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Contact, Department, Site
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.clients import Clients, make_client_things, make_clients
from tests.parties.authority.asked import MODELS, asked, rows_of
from tests.parties.authority.departments import ORDINARY

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies, each with requests."""
    clients = make_clients(cast)
    make_client_things(clients)
    clients.ask(clients.seller, "A bill is wrong")
    clients.ask(clients.director, "Door is stuck", clients.south_shop)
    return clients


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


HOUR = timedelta(hours=1)


def entitled(contact: Contact, *every: Terms, at: datetime) -> None:
    """Hold just these authorities."""
    Authority.objects.filter(contact__person=contact.person_id, contact=contact).delete()
    for each in every:
        grant_authority(contact, each, by=SYSTEM, at=at)


def seen(actor: Actor) -> list[str]:
    """The subjects of the requests that a kept question gives."""
    found = asked(Ticket, actor)
    assert found == list(rows_of(Ticket, actor))
    return sorted(Ticket.objects.filter(pk__in=found).values_list("subject", flat=True))


def kinds(actors: Sequence[Actor]) -> set[tuple[object, ...]]:
    """What questions are kept by."""
    return {
        (each.scopes, each.rights, len(each.companies), len(each.authorities)) for each in actors
    }


def in_both(clients: Clients, contact: Contact) -> Contact:
    """The post of somebody in the other company, too."""
    other = clients.house if contact.company_id == clients.chain.pk else clients.chain
    at = clients.cast.at
    return appoint(other, contact.person, since=at.date(), by=SYSTEM, at=at)


@pytest.mark.parametrize("scope", [ScopeKind.OWN, ScopeKind.SITES, ScopeKind.TERRITORIES])
def test_two_of_one_kind_ask_in_turns_and_each_gets_their_own(
    clients: Clients, scope: ScopeKind
) -> None:
    at, one, two = clients.cast.at, clients.seller, clients.shopkeeper
    south = placing.add(clients.chain, "Far south", by=SYSTEM, at=at)
    Site.objects.filter(pk=clients.south_shop.pk).update(territory=south)
    clients.ask(one, "Asked by one", clients.north_shop)
    clients.ask(two, "Asked by two", clients.south_shop)
    for contact, site, area in (
        (one, clients.north_shop, clients.north),
        (two, clients.south_shop, south),
    ):
        terms = Terms(scope=scope, sites=(site,), territories=(area,), powers=ORDINARY)
        entitled(contact, terms, at=at)
    first, second = clients.actor(one), clients.actor(two)
    assert len(kinds([first, second])) == 1
    for _turn in range(2):
        assert "Asked by one" in seen(first)
        assert "Asked by two" not in seen(first)
        assert "Asked by two" in seen(second)
        assert "Asked by one" not in seen(second)


def test_who_speaks_for_two_companies_sees_in_each_what_its_own_authority_covers(
    clients: Clients,
) -> None:
    """Both have one authority over a company and one over their own requests, crosswise."""
    at, one, two = clients.cast.at, clients.director, clients.owner
    whole = Terms(scope=ScopeKind.COMPANY, powers=ORDINARY)
    own = Terms(scope=ScopeKind.OWN, powers=ORDINARY)
    for contact, mine in ((one, clients.chain), (two, clients.house)):
        entitled(contact, whole, at=at)
        entitled(in_both(clients, contact), own, at=at)
        assert contact.company_id == mine.pk
    clients.ask(clients.seller, "Of the chain", clients.south_shop)
    clients.ask(clients.owner, "Of the house", clients.house_site)
    first, second = clients.actor(one), clients.actor(two)
    assert len(kinds([first, second])) == 1
    for actor, its, others in (
        (first, "Of the chain", "Of the house"),
        (second, "Of the house", "Of the chain"),
        (first, "Of the chain", "Of the house"),
    ):
        assert its in seen(actor)
        assert others not in seen(actor)
        assert asked(Site, actor) == list(rows_of(Site, actor))


def test_an_authority_ends_in_the_instant_in_which_the_next_one_begins(clients: Clients) -> None:
    at, who = clients.cast.at, clients.shopkeeper
    clients.ask(clients.director, "In the north", clients.north_shop)
    clients.ask(clients.director, "In the south", clients.south_shop)
    north = Terms(
        scope=ScopeKind.SITES, sites=(clients.north_shop,), powers=ORDINARY, until=at + HOUR
    )
    south = Terms(
        scope=ScopeKind.SITES, sites=(clients.south_shop,), powers=ORDINARY, since=at + HOUR
    )
    entitled(who, north, south, at=at)
    user = clients.user(who)
    before, after = (
        entering(user, at=at + HOUR - timedelta(microseconds=1)),
        entering(user, at=at + HOUR),
    )
    assert len(kinds([before, after])) == 1
    for actor, there, elsewhere in (
        (before, "In the north", "In the south"),
        (after, "In the south", "In the north"),
        (before, "In the north", "In the south"),
    ):
        assert there in seen(actor)
        assert elsewhere not in seen(actor)


def test_a_post_ends_with_its_day_where_the_desk_is(clients: Clients) -> None:
    at, who = clients.cast.at, clients.shopkeeper
    clients.ask(clients.director, "In the north", clients.north_shop)
    tomorrow = at.date() + timedelta(days=1)
    Contact.objects.filter(pk=who.pk).update(until_on=tomorrow)
    user, midnight = clients.user(who), beginning_of(tomorrow)
    for instant, has_it in (
        (midnight - timedelta(microseconds=1), True),
        (midnight, False),
        (midnight - timedelta(microseconds=1), True),
    ):
        actor = entering(user, at=instant)
        assert ("In the north" in seen(actor)) == has_it


def test_a_site_that_is_archived_between_two_questions_is_shown_as_a_new_one_would(
    clients: Clients,
) -> None:
    clients.ask(clients.director, "In the north", clients.north_shop)
    actor = clients.actor(clients.manager)
    assert "In the north" in seen(actor)
    Site.objects.filter(pk=clients.north_shop.pk).update(archived_at=clients.cast.at)
    # What was asked for there is still theirs to read.
    assert "In the north" in seen(actor)
    for model in MODELS:
        assert asked(model, actor) == list(rows_of(model, actor))
