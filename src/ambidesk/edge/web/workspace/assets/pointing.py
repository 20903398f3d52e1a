"""The equipment of a ticket on its card: what it is about, its last repairs, and another choice."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.assets.list import found_by
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.texts import one_line
from ambidesk.service.assets.models import Asset, Repair, Warranty
from ambidesk.support.tickets.equipping import equip
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight

LATEST, OFFERED = 3, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAsset:
    """The section of the card."""

    number: int
    asset: Asset | None
    warranty: Warranty | None
    failures: int
    latest: tuple[Repair, ...]
    offered: tuple[Asset, ...]
    asked: str
    is_choosing: bool
    can_choose: bool


def show(request: Request, number: int) -> HttpResponse:
    """Show the equipment; `?choose=1` offers others, `q` cuts them."""
    return _section(request, visible_ticket(request.actor, number))


def choose(request: Request, number: int) -> HttpResponse:
    """Say that the ticket is about this equipment."""
    ticket, given = visible_ticket(request.actor, number), request.POST.get("asset", "")
    rows = Asset.objects.visible_to(request.actor).select_related("company", "site")
    asset = rows.filter(pk=int(given[:17])).first() if given.isdecimal() else None
    if asset is None:
        raise Http404
    return _section(request, equip(ticket, asset, by=request.actor, at=request.at))


def clear(request: Request, number: int) -> HttpResponse:
    """Say that the ticket is about no equipment."""
    ticket = visible_ticket(request.actor, number)
    return _section(request, equip(ticket, None, by=request.actor, at=request.at))


def _section(request: Request, ticket: Ticket) -> HttpResponse:
    seen = Asset.objects.visible_to(request.actor).select_related("model", "site", "company")
    asset = seen.filter(pk=ticket.asset_id).first() if ticket.asset_id else None
    asked = one_line(request.GET.get("q", ""), 80)
    is_choosing = request.method == "GET" and bool(request.GET.get("choose"))
    failures = Repair.objects.filter(asset=asset, is_failure=True) if asset else None
    section = TicketAsset(
        number=ticket.number,
        asset=asset,
        warranty=asset.warranty(day_of(request.at)) if asset else None,
        failures=failures.count() if failures is not None else 0,
        latest=tuple(failures.select_related("mode")[:LATEST]) if failures is not None else (),
        offered=_offered(request, ticket, asked) if is_choosing else (),
        asked=asked,
        is_choosing=is_choosing,
        can_choose=request.actor.may(TicketRight.WORK) and not ticket.is_ended,
    )
    return render(request, "assets/on_ticket.html", {"section": section})


def _offered(request: Request, ticket: Ticket, asked: str) -> tuple[Asset, ...]:
    rows = Asset.objects.visible_to(request.actor).in_service()
    if ticket.company_id:
        rows = rows.filter(company=ticket.company_id)
    if ticket.site_id and not asked:
        rows = rows.filter(site=ticket.site_id)
    found = found_by(rows, asked).select_related("model", "site", "company")
    return tuple(found.latest_first()[:OFFERED])
