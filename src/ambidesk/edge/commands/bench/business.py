"""Business: how long a decision about coverage and the card of a company take, whichever it is."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from time import perf_counter

from django.db import transaction

from ambidesk.across.context.card import About
from ambidesk.across.context.reading import read_card
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.generating.agreements import sign
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.models import Company, Site
from ambidesk.service.contracts.keeping import Matter, decide_many
from ambidesk.service.contracts.rules.lines import Facts

COMPANIES, FULL_COMPANIES = 500, 5_000
TIMES = 1_000
CARDS = 300
GOAL_MS, CARD_MS = 10.0, 150.0


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Sign contracts, then decide about requests of companies in turn, each written down."""
    del url
    number = FULL_COMPANIES if order.full else COMPANIES
    at = datetime.now(UTC)
    companies = sign(number, at=at)
    say(_("Deciding by contracts of %(number)d companies.") % {"number": number})
    times = _decided(companies, at)
    told = f"{number:,} companies"
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
