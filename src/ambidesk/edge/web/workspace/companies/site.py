"""The page of a site: where it is, and its tickets."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from ambidesk.across.insight.rights import InsightRight
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.companies.cards import said_on
from ambidesk.edge.web.workspace.companies.company import TICKETS
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import CardOf, Site, Territory
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """One site; areas from the top down."""

    site: Site
    areas: tuple[Territory, ...]
    tickets: tuple[Ticket, ...]
    said: tuple[tuple[str, str], ...]
    can_manage: bool
    can_count: bool


def show(request: Request, site: int) -> HttpResponse:
    """Show it."""
    row = visible_site(request.actor, site)
    steps = row.territory.path.split(".") if row.territory else []
    seen = Territory.objects.visible_to(request.actor)
    areas = {str(each.pk): each for each in seen.filter(pk__in=steps)}
    tickets = Ticket.objects.visible_to(request.actor).filter(site=row).select_related("site")
    page = SitePage(
        site=row,
        areas=tuple(areas[step] for step in steps),
        tickets=tuple(tickets.latest_first()[:TICKETS]),
        said=said_on(row, CardOf.SITE),
        can_manage=request.actor.may(CompaniesRight.MANAGE),
        can_count=request.actor.may(InsightRight.SEE),
    )
    return render(request, "companies/site.html", {"page": page})


def visible_site(actor: Actor, number: int) -> Site:
    """
    Fetch a site that the actor sees.

    Raises:
        Http404: there is none, or the actor does not see it.
    """
    rows = Site.objects.visible_to(actor).select_related("company", "territory")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found
