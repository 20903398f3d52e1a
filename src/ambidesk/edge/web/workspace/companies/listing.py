"""The list of companies: searched by name, number or site, read page after page."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Lower
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company, LegalEntity, Site
from ambidesk.parties.companies.rights import CompaniesRight

AT_ONCE = 50
SUGGESTED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CompaniesPage:
    """Companies in the order of their names; `more` leads on."""

    rows: tuple[Company, ...]
    asked: str
    is_archived: bool
    more: str
    can_manage: bool


def show(request: Request) -> HttpResponse:
    """Show the companies; `?part=rows` asks for further rows alone."""
    asked = one_line(request.GET.get("q", ""), 100)
    after = one_line(request.GET.get("after", ""), 200)
    is_archived = request.GET.get("archived") == "1"
    rows = Company.objects.visible_to(request.actor).filter(archived_at__isnull=not is_archived)
    if asked:
        rows = rows.filter(like(asked, actor=request.actor))
    # One name is one company, whatever its case: the name alone is the place in the list.
    listed = rows.annotate(lower=Lower("name"), sites_here=_sites_of(request.actor)).select_related(
        "parent"
    )
    if after:
        listed = listed.filter(lower__gt=Lower(Value(after)))
    found = list(listed.order_by("lower")[: AT_ONCE + 1])
    page = CompaniesPage(
        rows=tuple(found[:AT_ONCE]),
        asked=asked,
        is_archived=is_archived,
        more=_more(found, asked, is_archived=is_archived),
        can_manage=request.actor.may(CompaniesRight.MANAGE),
    )
    part = "#rows" if request.GET.get("part") == "rows" else ""
    return render(request, f"companies/list.html{part}", {"page": page})


def _sites_of(actor: Actor) -> Coalesce:
    """The number of sites that are served: asked of the rows that are shown, not of all joined."""
    seen = Site.objects.visible_to(actor).served().filter(company=OuterRef("pk")).order_by()
    number = seen.values("company").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number), 0)


def like(asked: str, *, actor: Actor) -> Q:
    """Say which companies are meant by a part of a name, a tax number or a site's code."""
    meant = Q(name__icontains=asked)
    digits = "".join(asked.split())
    entities = LegalEntity.objects.filter(company=OuterRef("pk"))
    meant |= Q(Exists(entities.filter(Q(name__icontains=asked) | Q(inn=digits) | Q(ogrn=digits))))
    sites = Site.objects.visible_to(actor).filter(company=OuterRef("pk"), code__iexact=asked)
    return meant | Q(Exists(sites))


def _more(found: list[Company], asked: str, *, is_archived: bool) -> str:
    if len(found) <= AT_ONCE:
        return ""
    facts = {"q": asked, "after": found[AT_ONCE - 1].name, "part": "rows"}
    return urlencode({**facts, "archived": "1"} if is_archived else facts)
