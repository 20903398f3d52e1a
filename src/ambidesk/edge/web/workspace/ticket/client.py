"""For which company and site a ticket is: proposed from the requester's posts, found by typing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company, Contact, Site
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.models import Ticket

SHORTEST, FEW = 2, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A company, or one of its sites, as it can be chosen."""

    value: str
    name: str
    beneath: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPanel:
    """What can be chosen for the ticket."""

    ticket: Ticket
    asked: str
    clients: tuple[Client, ...]


def show(request: Request, number: int) -> HttpResponse:
    """Show the panel; `?part=choices` asks for what typed words mean alone."""
    ticket = visible_ticket(request.actor, number)
    asked = one_line(request.GET.get("q", ""), 100)
    found = _found(request.actor, asked) if len(asked) >= SHORTEST else _proposed(request, ticket)
    panel = ClientPanel(ticket=ticket, asked=asked, clients=tuple(found))
    part = "#choices" if request.GET.get("part") == "choices" else ""
    return render(request, f"ticket/client.html{part}", {"panel": panel})


def choose(request: Request, number: int) -> HttpResponse:
    """Set company and site: `company:3`, `site:45`, or nothing for a private person."""
    ticket = visible_ticket(request.actor, number)
    kind, _colon, key = request.POST.get("client", "").partition(":")
    company, site = _chosen(request.actor, kind, key)
    attribute(ticket, company=company, site=site, by=request.actor, at=request.at)
    name = site or company
    words = _("It is for %(name)s") % {"name": name} if name else _("It is for nobody's company")
    return changed(request, number, words)


def _chosen(actor: Actor, kind: str, key: str) -> tuple[Company | None, Site | None]:
    if not kind:
        return None, None
    if not key.isdecimal() or len(key) > 17:
        raise Http404
    if kind == "site":
        sites = Site.objects.visible_to(actor).select_related("company")
        site = sites.filter(pk=int(key)).first()
        company = site.company if site else None
    else:
        site, company = None, Company.objects.visible_to(actor).filter(pk=int(key)).first()
    if company is None:
        raise Http404
    return company, site


def _proposed(request: Request, ticket: Ticket) -> Iterator[Client]:
    """The companies for which the requester speaks, and the sites of the one that is chosen."""
    actor, today = request.actor, day_of(request.at)
    posts = Contact.objects.visible_to(actor).filter(person__whole=ticket.requester.whole)
    for post in posts.on(today).select_related("company").order_by("company__name"):
        yield Client(value=f"company:{post.company_id}", name=post.company.name, beneath=post.post)
    if ticket.company_id:
        sites = Site.objects.visible_to(actor).served().filter(company=ticket.company_id)
        yield from _as_clients(sites.select_related("company").order_by("name")[:FEW])


def _found(actor: Actor, asked: str) -> Iterator[Client]:
    companies = Company.objects.visible_to(actor).served().filter(name__icontains=asked)
    for row in companies.order_by("name")[:FEW]:
        yield Client(value=f"company:{row.pk}", name=row.name, beneath=row.industry)
    like = Q(name__icontains=asked) | Q(code__iexact=asked) | Q(address__icontains=asked)
    sites = Site.objects.visible_to(actor).served().filter(like).select_related("company")
    yield from _as_clients(sites.order_by("name")[:FEW])


def _as_clients(sites: Iterable[Site]) -> Iterator[Client]:
    for row in sites:
        yield Client(value=f"site:{row.pk}", name=row.name, beneath=row.company.name)
