"""
What is kept and what is asked anew say the same, whoever of a kind asked before, and when.

Two people speak for two companies each, by authorities that begin and end within hours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.deciding import mandates_of, place_of
from ambidesk.parties.authority.entering import entering
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.rules.power import Power, sees
from ambidesk.parties.authority.rules.scope import Place as Stand
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies import placing
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Company, Contact, Department, Site, Territory
from ambidesk.parties.companies.registering import Place, open_site
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.clients import ALL, BASIC, Clients, make_clients
from tests.parties.authority.asked import MODELS, asked, rows_of

pytestmark = pytest.mark.django_db
T = TypeVar("T")
HOURS = some.integers(-2, 3).map(lambda n: timedelta(hours=n))
LENGTHS = some.none() | some.integers(1, 3).map(lambda n: timedelta(hours=n))
# Just before an hour, or on it: what ends and what begins then must not both hold.
SHORTLY = some.sampled_from([timedelta(), timedelta(microseconds=1)])
MOMENTS = some.builds(lambda hours, short: hours - short, HOURS, SHORTLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A company with what scopes are made of."""

    company: Company
    sites: tuple[Site, ...]
    territories: tuple[Territory, ...]
    departments: tuple[Department, ...]
    speakers: tuple[Contact, Contact]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Two companies, two people, and where each request stands."""

    at: datetime
    sides: tuple[Side, Side]
    users: tuple[User, User]
    stands: dict[int, Stand]


@pytest.fixture
def world(cast: Cast) -> World:
    clients = make_clients(cast)
    users = (clients.user(clients.seller), clients.user(clients.owner))
    chain, house = _side(clients, clients.chain), _side(clients, clients.house)
    for side in (chain, house):
        for who in side.speakers:
            for site in (None, *side.sites):
                clients.ask(who, f"{who.person.name} at {site}", site)
    rows = Ticket.objects.exclude(company=None)
    stands = rows.values_list("pk", "company", "site", "requester")
    return World(
        at=cast.at,
        sides=(chain, house),
        users=users,
        stands={
            pk: place_of(company_id=company or 0, site_id=site, requester_id=requester)
            for pk, company, site, requester in stands
        },
    )


def _side(clients: Clients, company: Company) -> Side:
    """Both people in a company with an area in another one, a site in each, and one archived."""
    at = clients.cast.at
    office = Department.objects.create(company=company, name="Office")
    desk = Department.objects.create(company=company, name="Desk", parent=office)
    wide = placing.add(company, "Wide", by=SYSTEM, at=at)
    near = placing.add(company, "Near", below=wide, by=SYSTEM, at=at)
    sites = [
        open_site(company, Place(name=f"Site {n}", territory=area), by=SYSTEM, at=at)
        for n, area in enumerate((wide, near, None))
    ]
    Site.objects.filter(pk=sites[1].pk).update(archived_at=at)
    speakers = [
        _contact(company, each, department, at)
        for each, department in ((clients.seller, office), (clients.owner, desk))
    ]
    return Side(
        company=company,
        sites=tuple(sites),
        territories=(wide, near),
        departments=(office, desk),
        speakers=(speakers[0], speakers[1]),
    )


def _contact(company: Company, who: Contact, department: Department, at: datetime) -> Contact:
    known = Contact.objects.filter(company=company, person=who.person_id).first()
    made = known or appoint(company, who.person, since=at.date(), by=SYSTEM, at=at)
    # Contacts of before yesterday: what begins and ends here are authorities.
    days = {"since_on": at.date() - timedelta(days=2), "department": department}
    Contact.objects.filter(pk=made.pk).update(**days)
    made.authorities.all().delete()
    made.refresh_from_db()
    return made


@some.composite
def grants(draw: some.DrawFn, world: World) -> tuple[Contact, Terms]:
    """An authority of one of the two in one of the companies."""
    side = draw(some.sampled_from(world.sides))
    since, length = world.at + draw(HOURS), draw(LENGTHS)
    terms = Terms(
        scope=draw(some.sampled_from(ScopeKind)),
        sites=draw(_some_of(side.sites)),
        territories=draw(_some_of(side.territories)),
        department=draw(some.sampled_from(side.departments)),
        powers=draw(some.sampled_from([BASIC, ALL, frozenset({Power.COMMENT})])),
        since=since,
        until=None if length is None else since + length,
    )
    return draw(some.sampled_from(side.speakers)), terms


def _some_of(every: tuple[T, ...]) -> some.SearchStrategy[tuple[T, ...]]:
    return some.lists(some.sampled_from(every), min_size=1, max_size=2, unique=True).map(tuple)


def told_by_arithmetic(world: World, actor: Actor, at: datetime) -> list[int]:
    """The requests that the authorities cover, request by request."""
    held = mandates_of(actor)
    return sorted(pk for pk, stand in world.stands.items() if sees(held, stand, at=at))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=some.data())
def test_the_kept_question_answers_like_a_new_one_and_like_the_arithmetic(
    world: World, data: some.DataObject
) -> None:
    given_out = data.draw(some.lists(grants(world), min_size=1, max_size=5), label="authorities")
    turns = some.tuples(some.sampled_from([0, 1]), MOMENTS)
    asking = data.draw(some.lists(turns, min_size=2, max_size=6), label="who asks when")
    with transaction.atomic():
        for contact, terms in given_out:
            grant_authority(contact, terms, by=SYSTEM, at=world.at - timedelta(days=1))
        for who, moment in asking:
            at = world.at + moment
            actor = entering(world.users[who], at=at)
            for model in MODELS:
                assert asked(model, actor) == list(rows_of(model, actor)), model
            assert asked(Ticket, actor) == told_by_arithmetic(world, actor, at)
        transaction.set_rollback(True)
