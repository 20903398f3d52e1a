"""
Dimensions: what figures are asked about, as conditions over facts and over open tickets.

A territory holds all below it, a category too. By territory figures are told of the areas right
below the one that was asked for, each with all below.
"""

from collections.abc import Iterator

from django.db.models import BigIntegerField, F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, NullIf

from ambidesk.across.insight.questions import COLUMNS, By, Question
from ambidesk.parties.companies.models import Site, Territory
from ambidesk.service.workflow.models import Stay
from ambidesk.support.tickets.fields import below, below_territory

# Where a ticket says what its facts say.
OF_TICKETS = {
    By.COMPANY: "company",
    By.SITE: "site",
    By.CONTRACT: "coverage__contract",
    By.MODEL: "asset__model",
}


def facts_about(question: Question) -> Iterator[Q]:
    """Give the conditions over facts."""
    for by, number in question.about.items():
        match by:
            case By.TERRITORY:
                yield Q(site__in=_sites_below(number))
            case By.CATEGORY:
                yield Q(category__in=below(frozenset({number})))
            case _:
                yield Q(**{by.value: number})
    if question.missing is By.TERRITORY:
        yield Q(site=None) | Q(site__in=Site.objects.filter(territory=None).values("pk"))
    elif question.missing is not None:
        yield Q(**{COLUMNS.get(question.missing, question.missing.value): None})


def tickets_about(question: Question) -> Iterator[Q]:
    """Give the conditions over tickets as they are now."""
    for by, number in question.about.items():
        match by:
            case By.TERRITORY:
                yield Q(site__in=_sites_below(number))
            case By.CATEGORY:
                yield Q(category__in=below(frozenset({number})))
            case By.STAGE:
                stays = Stay.objects.filter(place=number, left_at=None)
                yield Q(run__in=stays.values("run"))
            case _:
                yield Q(**{OF_TICKETS[by]: number})


def key_of(question: Question, by: By) -> Combinable:
    """Give what facts are told apart by; None belongs to none."""
    if by is not By.TERRITORY:
        return F(COLUMNS.get(by, by.value))
    path = Cast("territory__path", TextField())
    level = Func(path, Value("."), Value(_level(question)), function="split_part")
    area = Cast(NullIf(level, Value("")), BigIntegerField())
    sites = Site.objects.filter(pk=OuterRef("site")).annotate(area=area)
    return Subquery(sites.values("area")[:1], output_field=BigIntegerField())


def _sites_below(territory: int) -> Subquery:
    inside = below_territory(frozenset({territory}))
    return Subquery(Site.objects.filter(territory__in=inside).values("pk"))


def _level(question: Question) -> int:
    """From the top, 1 is the uppermost."""
    if question.territory is None:
        return 1
    path = Territory.objects.filter(pk=question.territory).values_list("path", flat=True).first()
    return len(path.split(".")) + 1 if path else 1
