"""
Clients of the demo: three chains with 500 shops, and 40 houses with lifts; who speaks for them.

All of it invented; points lie on a spiral round made-up towns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice, product
from math import cos, sin

from ambidesk.edge.commands.story.scenery import LIFTS
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.companies import appointing, placing, registering
from ambidesk.parties.companies.models import Company, Site, Territory
from ambidesk.parties.companies.registering import Place, Profile
from ambidesk.parties.people.models import Person
from ambidesk.support.tickets.attributing import attribute_many
from ambidesk.support.tickets.models import Ticket

TOWNS = {
    "Заречный край": {
        "Заречье": (("Старый город", "Набережная"), (56.31, 44.02)),
        "Липовка": (("Центр", "Вокзальный"), (56.24, 43.46)),
    },
    "Приозёрный край": {
        "Озёрск-Дальний": (("Северный", "Южный"), (55.79, 49.12)),
        "Камышин Лог": (("Верхний", "Нижний"), (55.64, 51.82)),
    },
}
STREETS = ("Садовая", "Тихая", "Ольховая", "Полевая", "Речная", "Вишнёвая", "Мостовая")
POSTS = ("Управляющий территорией", "Администратор объекта", "Главный инженер")
SPEAKERS = 24
Leaf = tuple[Territory, str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A company of the demo: how many sites it has, and what one of them is called."""

    name: str
    industry: str
    site: str
    sites: int
    code: str


CLIENTS = (
    Client(
        name="Ольховый маркет",
        industry="Розничная торговля",
        site="Магазин",
        sites=220,
        code="OM",
    ),
    Client(
        name="Сосновый двор",
        industry="Розничная торговля",
        site="Супермаркет",
        sites=160,
        code="SD",
    ),
    Client(
        name="Рябина у дома",
        industry="Розничная торговля",
        site="Магазин",
        sites=120,
        code="RD",
    ),
    Client(name="Тихий берег", industry="Управление домами", site="Дом", sites=40, code="TB"),
)


def enter_clients(*, at: datetime) -> None:
    """Enter the companies with their trees and sites, unless they are there already."""
    known = set(Company.objects.values_list("name", flat=True))
    for client in CLIENTS:
        if client.name not in known:
            profile = Profile(name=client.name, industry=client.industry)
            company = registering.register(None, profile, by=TELLER, at=at)
            leaves = list(_grow(company, at=at))
            registering.open_sites(company, list(_places(client, leaves)), by=TELLER, at=at)


def let_speak(*, until: datetime) -> None:
    """Make those who wrote to the service company contacts of its clients, and tell their sites."""
    tickets = Ticket.objects.filter(brand__slug=LIFTS).order_by("pk")
    if tickets.exclude(company=None).exists():
        return
    persons = list(
        Person.objects.filter(pk__in=tickets.values("requester")).order_by("pk")[:SPEAKERS]
    )
    companies = list(Company.objects.filter(name__in=[each.name for each in CLIENTS]))
    places: dict[int, tuple[Company, Site]] = {}
    for turn, person in enumerate(persons):
        company = companies[turn % len(companies)]
        site = company.sites.order_by("pk")[turn]
        appointing.appoint(
            company,
            person,
            since=(until - timedelta(days=400 - turn)).date(),
            post=POSTS[turn // len(companies) % len(POSTS)],
            by=TELLER,
            at=until,
        )
        places[person.pk] = (company, site)
    theirs = tickets.filter(requester__in=persons)
    attribute_many([(each, *places[each.requester_id]) for each in theirs], by=TELLER, at=until)


def _grow(company: Company, *, at: datetime) -> Iterator[Leaf]:
    """Grow the company's tree; give its leaves with their town and the town's point."""
    for region, towns in TOWNS.items():
        top = placing.add(company, region, by=TELLER, at=at)
        for town, (districts, point) in towns.items():
            middle = placing.add(company, town, below=top, by=TELLER, at=at)
            for district in districts:
                leaf = placing.add(company, district, below=middle, by=TELLER, at=at)
                yield leaf, town, point


def _places(client: Client, leaves: Sequence[Leaf]) -> Iterator[Place]:
    addresses = product(range(1, 1_000, 3), STREETS)
    for number, (house, street) in enumerate(islice(addresses, client.sites), start=1):
        leaf, town, (latitude, longitude) = leaves[number % len(leaves)]
        away = Decimal(number).sqrt() / 300
        yield Place(
            name=f"{client.site} {number}, {street}, {house}",
            territory=leaf,
            code=f"{client.code}-{number:03}",
            address=f"{town}, ул. {street}, {house}",
            latitude=Decimal(latitude) + away * Decimal(sin(number)),
            longitude=Decimal(longitude) + away * Decimal(cos(number)) * 2,
            zone="Europe/Moscow",
        )
