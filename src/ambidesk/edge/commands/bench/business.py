"""Business: decisions about coverage, cards, lists of a territory, a large import, at any size."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from random import Random
from time import perf_counter

from django.db import transaction

from ambidesk.across.context.card import About
from ambidesk.across.context.reading import read_card
from ambidesk.across.importing.clients.sheets import Sheet
from ambidesk.across.importing.clients.taking_in import take_in
from ambidesk.edge.commands.gauging.asking import browser_of, fetch, plans_of
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.generating.agreements import SITES, sign
from ambidesk.edge.commands.generating.desk import ready
from ambidesk.edge.commands.generating.premises import abouts, furnish
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.heap import settle
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.inviting import invite
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Company, Contact, Site, Territory
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.staff.admitting import take_link
from ambidesk.service.contracts.keeping import Matter, decide_many
from ambidesk.service.contracts.rules.lines import Facts

COMPANIES, FULL_COMPANIES = 500, 5_000
TICKETS, FULL_TICKETS, A_TICKET = 100_000, 1_000_000, 2
PIECES, FULL_PIECES = 10_000, 100_000
TIMES = 1_000
CARDS, LISTS = 300, 100
GOAL_MS, CARD_MS, LIST_MS, IMPORT_SECONDS = 10.0, 150.0, 80.0, 120.0
MANAGER = "manager@bench.example"
POWERS = frozenset({Power.CREATE, Power.COMMENT, Power.CONTROL})
HEADINGS = "company,site,class,vendor,model,serial,place"


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """
    Sign contracts, furnish sites, fill the desk with their requests.

    Then decide about some in turn, open cards, read the lists of a territory and load equipment.
    """
    number = FULL_COMPANIES if order.full else COMPANIES
    tickets = order.tickets or (FULL_TICKETS if order.full else TICKETS)
    at = datetime.now(UTC)
    companies = sign(number, at=at)
    say(_("Furnishing sites of %(number)d companies.") % {"number": number})
    furnish(companies, at=at)
    ready(url, tickets=tickets, messages=tickets * A_TICKET, abouts=abouts())
    told = f"{number:,} companies, {tickets:,} tickets"
    return [
        *_answers(companies, told, at=at),
        *_lists(companies[0], told, at=at),
        _import(companies, order, at=at),
    ]


def _answers(companies: Sequence[Company], told: str, *, at: datetime) -> Sequence[Figure]:
    number = len(companies)
    # As the processes of the desk do.
    settle()
    say(_("Deciding by contracts of %(number)d companies.") % {"number": number})
    times = _decided(companies, at)
    say(_("Opening cards of companies and sites."))
    cards = _read(companies, at)
    return [
        Figure(
            name=f"coverage decision, {told}, p95",
            value=percentile(times, 0.95),
            unit="ms",
            goal=GOAL_MS,
        ),
        Figure(name=f"coverage decision, {told}, p50", value=percentile(times, 0.5), unit="ms"),
        Figure(
            name=f"context card, {told}, p95",
            value=percentile(cards, 0.95),
            unit="ms",
            goal=CARD_MS,
        ),
        Figure(name=f"context card, {told}, p50", value=percentile(cards, 0.5), unit="ms"),
    ]


def _lists(company: Company, told: str, *, at: datetime) -> Sequence[Figure]:
    """What the manager of an area of a chain reads: the requests of its shops, and its board."""
    browser = browser_of(_manager(company, at=at))
    found = []
    for name, address in (("list", "/portal/"), ("board", "/portal/board/")):
        found.append(plans_of(browser, [address], of=f"{name} of a territory"))
        taken = fetch(browser, [address] * LISTS)
        found.append(
            Figure(
                name=f"{name} of a territory, {told}, p95",
                value=percentile(taken.times, 0.95),
                unit="ms",
                goal=LIST_MS,
            )
        )
        found.append(
            Figure(name=f"questions of this {name}", value=max(taken.queries), unit="queries")
        )
    return found


def _manager(company: Company, *, at: datetime) -> str:
    """Somebody who oversees one area of the company, with an account; give their address."""
    caller = Caller(kind=IdentityKind.EMAIL, value=MANAGER, name="Area manager")
    person = meet(caller, by=SYSTEM, at=at).person
    if not Contact.objects.filter(person=person).exists():
        contact = appoint(company, person, since=day_of(at), by=SYSTEM, at=at)
        area = Territory.objects.filter(company=company).exclude(parent=None).earliest("pk")
        terms = Terms(scope=ScopeKind.TERRITORIES, territories=(area,), powers=POWERS)
        grant_authority(contact, terms, by=SYSTEM, at=at)
        take_link(invite(contact, by=SYSTEM, at=at), secrets.token_urlsafe(16), at=at)
    return MANAGER


def _import(companies: Sequence[Company], order: Order, *, at: datetime) -> Figure:
    """Load a file of equipment, new to the last piece."""
    amount = FULL_PIECES if order.full else PIECES
    say(_("Loading %(number)d pieces of equipment.") % {"number": amount})
    file, run = [HEADINGS], secrets.token_hex(3)
    for number in range(amount):
        name = companies[number % len(companies)].name
        site = f"Site {number // len(companies) % SITES}"
        model = f"Vendor {number % 7},Model {number % 50}"
        file.append(f"{name},{site},Refrigerators,{model},{run}-{number},Hall")
    began = perf_counter()
    content = BytesIO("\n".join(file).encode())
    report = take_in(content, Sheet.ASSETS, dry_run=False, by=SYSTEM, at=at)
    seconds = perf_counter() - began
    if report.new != amount:
        raise Trouble(_("Of the file only %(number)d rows came in.") % {"number": report.new})
    return Figure(
        name=f"{amount:,} pieces of equipment loaded",
        value=seconds,
        unit="s",
        goal=IMPORT_SECONDS * amount / FULL_PIECES,
    )


def _decided(companies: Sequence[Company], at: datetime, *, times: int = TIMES) -> list[float]:
    dice = Random(5)  # noqa: S311 a measurement, no secret
    keys = [each.pk for each in companies]
    sites: dict[int, list[int]] = {each: [] for each in keys}
    for company, pk in Site.objects.filter(company__in=keys).values_list("company", "pk"):
        sites[company].append(pk)
    on, taken = day_of(at), []
    for turn in range(times):
        company = dice.choice(keys)
        facts = Facts(on=on, site=dice.choice(sites[company]), channel="email")
        matter = Matter(key=turn, company=company, facts=facts, coverage=None)
        began = perf_counter()
        with transaction.atomic():
            decide_many([matter], on=on, at=at)
        taken.append(1000 * (perf_counter() - began))
    return taken


def _read(companies: Sequence[Company], at: datetime, *, times: int = CARDS) -> list[float]:
    """Open cards of sites in turn, as a telephone does."""
    dice = Random(9)  # noqa: S311 a measurement, no secret
    chosen = [dice.choice(companies).pk for _each in range(times)]
    sites = dict(
        Site.objects.filter(company__in=chosen)
        .order_by("company", "pk")
        .distinct("company")
        .values_list("company", "pk")
    )
    taken = []
    for company in chosen:
        began = perf_counter()
        read_card(About(company=company, site=sites[company]), by=SYSTEM, at=at)
        taken.append(1000 * (perf_counter() - began))
    return taken
