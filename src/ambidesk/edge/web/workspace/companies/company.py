"""The page of a company: requisites, territories with their sites, contacts, tickets."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from ambidesk.across.insight.rights import InsightRight
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.companies.cards import said_on
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.models import TrustedDomain
from ambidesk.parties.authority.rights import AuthorityRight
from ambidesk.parties.companies.models import (
    CardOf,
    Company,
    Contact,
    Department,
    LegalEntity,
    Site,
    Territory,
)
from ambidesk.parties.companies.registering import archive, restore
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.parties.people.models import Person
from ambidesk.parties.stewards.serving import Served, teams_of
from ambidesk.support.tickets.models import Ticket

SITES, TICKETS, CONTACTS = 50, 10, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A territory with the number of sites in it and below it, and the areas below."""

    id: int
    name: str
    sites: int
    below: "tuple[Area, ...]"
    is_open: bool
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A contact; `person_id` is None where the actor does not see the person's own page."""

    contact: Contact
    name: str
    person_id: int | None
    is_past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPage:
    """One company as its screen shows it."""

    company: Company
    members: tuple[Company, ...]
    entities: tuple[LegalEntity, ...]
    departments: tuple[Department, ...]
    areas: tuple[Area, ...]
    area: Territory | None
    sites: tuple[Site, ...]
    asked: str
    more: str
    speakers: tuple[Speaker, ...]
    stewards: tuple[Served, ...]
    tickets: tuple[Ticket, ...]
    domains: tuple[TrustedDomain, ...]
    said: tuple[tuple[str, str], ...]
    can_manage: bool
    can_grant: bool
    can_count: bool


def show(request: Request, company: int) -> HttpResponse:
    """Show it; `?area=` cuts the sites to a territory, `?part=sites` asks for further ones."""
    page = _page(request, visible_company(request.actor, company))
    part = "#sites" if request.GET.get("part") == "sites" else ""
    return render(request, f"companies/company.html{part}", {"page": page})


def retire(request: Request, company: int) -> HttpResponse:
    """Serve it no longer, or again."""
    row = visible_company(request.actor, company)
    (restore if row.archived_at else archive)(row, by=request.actor, at=request.at)
    return back_to("company", company)


def visible_company(actor: Actor, number: int) -> Company:
    """
    Fetch a company that the actor sees.

    Raises:
        Http404: there is none, or the actor does not see it.
    """
    rows = Company.objects.visible_to(actor).select_related("parent")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def speakers(rows: Iterable[Contact], *, request: Request) -> tuple[Speaker, ...]:
    """Tell who the contacts are; a person's page is for whoever sees the person."""
    rows = list(rows)
    seen = set(
        Person.objects.visible_to(request.actor)
        .filter(pk__in=[each.person_id for each in rows])
        .values_list("pk", flat=True)
    )
    today = day_of(request.at)
    return tuple(
        Speaker(
            contact=each,
            name=each.person.called,
            person_id=each.person_id if each.person_id in seen else None,
            is_past=bool(each.until_on and each.until_on <= today),
        )
        for each in rows
    )


def _page(request: Request, company: Company) -> CompanyPage:
    actor = request.actor
    area = _area(actor, company, request.GET.get("area", ""))
    asked = one_line(request.GET.get("site", ""), 100)
    found = list(_sites(actor, company, area=area, asked=asked, request=request)[: SITES + 1])
    contacts = Contact.objects.visible_to(actor).filter(company=company, person__erased_at=None)
    tickets = Ticket.objects.visible_to(actor).filter(company=company).select_related("site")
    return CompanyPage(
        company=company,
        members=tuple(Company.objects.visible_to(actor).filter(parent=company)[:SITES]),
        entities=tuple(LegalEntity.objects.filter(company=company)),
        departments=tuple(Department.objects.filter(company=company)[:SITES]),
        areas=_areas(actor, company, area),
        area=area,
        sites=tuple(found[:SITES]),
        asked=asked,
        more=_more(found, area=area, asked=asked),
        speakers=speakers(
            contacts.select_related("person__head", "department").order_by(
                "until_on", "person__name", "pk"
            )[:CONTACTS],
            request=request,
        ),
        said=said_on(company, CardOf.COMPANY),
        stewards=teams_of([company.pk], on=day_of(request.at), by=actor),
        tickets=tuple(tickets.latest_first()[:TICKETS]),
        domains=tuple(TrustedDomain.objects.filter(company=company)),
        can_manage=actor.may(CompaniesRight.MANAGE),
        can_grant=actor.may(AuthorityRight.GRANT),
        can_count=actor.may(InsightRight.SEE),
    )


def _sites(
    actor: Actor, company: Company, *, area: Territory | None, asked: str, request: Request
) -> QuerySet[Site]:
    rows = Site.objects.visible_to(actor).served().filter(company=company)
    if area:
        rows = rows.below(area)
    if asked:
        rows = rows.filter(name__icontains=asked) | rows.filter(code__iexact=asked)
    name, number = request.GET.get("after", ""), request.GET.get("after_id", "")
    if number.isdecimal() and len(number) < 18:
        rows = rows.filter(name__gt=name) | rows.filter(name=name, pk__gt=int(number))
    return rows.select_related("territory").order_by("name", "pk")


def _more(found: list[Site], *, area: Territory | None, asked: str) -> str:
    if len(found) <= SITES:
        return ""
    last = found[SITES - 1]
    facts = {"part": "sites", "after": last.name, "after_id": str(last.pk), "site": asked}
    return urlencode({**facts, "area": str(area.pk)} if area else facts)


def _area(actor: Actor, company: Company, given: str) -> Territory | None:
    if not given.isdecimal() or len(given) > 17:
        return None
    rows = Territory.objects.visible_to(actor)
    return rows.filter(company=company, pk=int(given)).first()


def _areas(actor: Actor, company: Company, here: Territory | None) -> tuple[Area, ...]:
    seen = Territory.objects.visible_to(actor).filter(company=company)
    rows = list(seen.order_by("name", "pk"))
    sites = Site.objects.visible_to(actor).served().filter(company=company)
    counted = sites.order_by().values_list("territory").annotate(Count("pk"))
    own: Counter[int | None] = Counter(dict(counted))
    whole: Counter[int] = Counter()
    below: dict[int, list[Territory]] = {}
    for row in rows:
        below.setdefault(row.parent_id or 0, []).append(row)
        for step in row.path.split("."):
            whole[int(step)] += own[row.pk]
    path = {int(step) for step in here.path.split(".")} if here else set[int]()
    return tuple(_grown(0, below, whole=whole, path=path, here=here))


def _grown(
    number: int,
    below: Mapping[int, list[Territory]],
    *,
    whole: Mapping[int, int],
    path: set[int],
    here: Territory | None,
) -> Iterable[Area]:
    for row in below.get(number, ()):
        yield Area(
            id=row.pk,
            name=row.name,
            sites=whole[row.pk],
            below=tuple(_grown(row.pk, below, whole=whole, path=path, here=here)),
            is_open=row.pk in path,
            is_here=bool(here and here.pk == row.pk),
        )
