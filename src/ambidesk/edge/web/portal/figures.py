"""
Figures of a territory: what came, how fast it went and what was broken, site by site.

All of it is counted from the requests that the contact sees, and each figure opens just those.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Aggregate, Count, DurationField, Exists, F, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.portal.rows import SAID, Row
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.companies.models import Site
from ambidesk.service.sla.models import Clock
from ambidesk.support.tickets.models import Ticket, TicketQuerySet
from ambidesk.support.tickets.models.ticket import ACTIVE_ROWS

SPANS: Final = (30, 90, 365)
SHOWN: Final = 200
PAGE: Final = 50
NOWHERE: Final = "none"
NAMES: Mapping[str, str | Words] = {
    "opened": gettext_lazy("Opened in these days"),
    "answered": gettext_lazy("Answered of those"),
    "solved": gettext_lazy("Solved in these days"),
    "broken": gettext_lazy("With a broken promise"),
    "reopened": gettext_lazy("Opened again of those solved"),
    "open": gettext_lazy("Open now"),
}


class Median(Aggregate):
    """The middle one of all values."""

    function = "PERCENTILE_CONT"
    name = "median"
    output_field = DurationField()
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number and the address of the requests that it counts."""

    name: str | Words
    value: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of a site, or of all: counts, and medians in seconds."""

    name: str
    area: str
    figures: tuple[Figure, ...]
    answer: float | None
    solution: float | None
    open: int
    # Its part of the longest bar, of a hundred.
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """The whole, then site by site."""

    days: int
    spans: tuple[int, ...]
    whole: Told
    sites: tuple[Told, ...]
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BehindPage:
    """The requests behind a figure."""

    title: str
    days: int
    rows: tuple[Row, ...]
    following: str


def show(request: Request) -> HttpResponse:
    """Show the figures of the days that are asked for."""
    days = _days(request)
    since = request.at - timedelta(days=days)
    rows = _seen(request, since).filter(_counted(since))
    parts = _by_site(rows, since)
    whole = rows.aggregate(**_sums(since))
    most = max((part["open"] for part in parts), default=0)
    page = FiguresPage(
        days=days,
        spans=SPANS,
        whole=_told(whole, days, most=0, name="", site=None),
        sites=tuple(
            _told(
                part,
                days,
                most=most,
                name=part["site__name"] or _("At no site"),
                site=part["site"] or NOWHERE,
            )
            for part in parts[:SHOWN]
        ),
        has_more=len(parts) > SHOWN,
    )
    return render(request, "portal/figures.html", {"page": page})


def behind(request: Request) -> HttpResponse:
    """Show the requests behind a figure: `?what=`, `?site=` and `?days=` say which."""
    what, days = request.GET.get("what", "open"), _days(request)
    since = request.at - timedelta(days=days)
    conditions = _conditions(since)
    if what not in conditions:
        raise Http404
    rows = _seen(request, since).filter(conditions[what])
    place, rows = _at_site(request, rows)
    after = _number(request.GET.get("after", ""))
    rows = rows.filter(pk__lt=after) if after else rows
    found = [Row.of(each) for each in rows.order_by("-pk").values_list(*SAID)[: PAGE + 1]]
    name = str(NAMES[what])
    following = {**request.GET.dict(), "after": str(found[PAGE - 1].number)} if found[PAGE:] else {}
    page = BehindPage(
        title=f"{name} · {place}" if place else name,
        days=days,
        rows=tuple(found[:PAGE]),
        following=urlencode(following),
    )
    return render(request, "portal/figures_behind.html", {"page": page})


def _seen(request: Request, since: datetime) -> TicketQuerySet:
    """What the contact sees, with whether a promise of it was broken in these days."""
    fell_due = Clock.objects.filter(
        Q(met_at=None, due_at__lte=request.at) | Q(met_at__gt=F("due_at")),
        promise=OuterRef("promise"),
        due_at__gte=since,
    )
    seen = Ticket.objects.visible_to(request.actor).filter(suspended=False).order_by()
    return seen.annotate(is_broken=Exists(fell_due))


def _conditions(since: datetime) -> dict[str, Q]:
    """Say which requests each figure counts."""
    opened, solved = Q(opened_at__gte=since), Q(solved_at__gte=since)
    return {
        "opened": opened,
        "answered": opened & Q(first_answered_at__isnull=False),
        "solved": solved,
        "broken": Q(is_broken=True),
        "reopened": solved & Q(reopened_times__gt=0),
        "open": ACTIVE_ROWS,
    }


def _counted(since: datetime) -> Q:
    """Leave out what no figure counts, so that a long history costs nothing."""
    found = Q()
    for condition in _conditions(since).values():
        found |= condition
    return found


def _sums(since: datetime) -> dict[str, Aggregate]:
    conditions = _conditions(since)
    counts = {name: Count("pk", filter=each) for name, each in conditions.items()}
    return {
        **counts,
        "answer": Median(F("first_answered_at") - F("opened_at"), filter=conditions["answered"]),
        "solution": Median(F("solved_at") - F("opened_at"), filter=conditions["solved"]),
    }


def _told(
    sums: Mapping[str, Any], days: int, *, most: int, name: str, site: int | str | None
) -> Told:
    url = reverse("portal-figures-requests")
    where = {"site": site} if site is not None else {}
    figures = tuple(
        Figure(
            name=words,
            value=sums[what],
            url=f"{url}?{urlencode({'what': what, 'days': days, **where})}",
        )
        for what, words in NAMES.items()
    )
    return Told(
        name=name,
        area=sums.get("site__territory__name") or "",
        figures=figures,
        answer=_seconds(sums["answer"]),
        solution=_seconds(sums["solution"]),
        open=sums["open"],
        share=round(100 * sums["open"] / most) if most else 0,
    )


def _by_site(rows: TicketQuerySet, since: datetime) -> list[dict[str, Any]]:
    """Sum up site by site, one more than are shown; those with most open requests first."""
    # The sums are made of one table, which the types of querysets cannot follow.
    grouped: Any = rows.values("site", "site__name", "site__territory__name")
    summed = grouped.annotate(**_sums(since))
    return list(summed.order_by("-open", "-opened", "site__name", "site")[: SHOWN + 1])


def _at_site(request: Request, rows: TicketQuerySet) -> tuple[str, TicketQuerySet]:
    """Cut to the site that is asked for, and name it where the contact sees it."""
    typed = request.GET.get("site", "")
    if typed == NOWHERE:
        return _("At no site"), rows.filter(site=None)
    number = _number(typed)
    if not number:
        return "", rows
    site = Site.objects.visible_to(request.actor).filter(pk=number).first()
    return site.name if site else "", rows.filter(site=number)


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()


def _days(request: Request) -> int:
    typed = _number(request.GET.get("days", ""))
    return typed if typed in SPANS else SPANS[0]


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 18 else 0
