"""One asset: where it stands, its warranty, its history, its meters; it is moved and read here."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.assets.curves import Curve, curves_of
from ambidesk.edge.web.workspace.assets.history import Event, history_of
from ambidesk.edge.web.workspace.assets.papers import Paper, papers_of
from ambidesk.ground.fields.filling import form_of, in_words
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Site
from ambidesk.service.assets import moving, reading, registering
from ambidesk.service.assets.models import Asset, Warranty
from ambidesk.service.assets.rights import AssetRight
from ambidesk.support.tickets.models import Ticket

TICKETS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetPage:
    """An asset as the screen shows it."""

    asset: Asset
    warranty: Warranty
    failures: int
    events: tuple[Event, ...]
    curves: tuple[Curve, ...]
    parts: tuple[Asset, ...]
    tickets: tuple[Ticket, ...]
    sites: tuple[Site, ...]
    label: str
    answers: tuple[tuple[str, str], ...]
    papers: tuple[Paper, ...]
    can_keep: bool


class NotANumber(InvalidInput):
    """It is no number."""

    sentence = _("Give a number.")


def show(request: Request, asset: int) -> HttpResponse:
    """Show the asset."""
    found = visible_asset(request.actor, asset)
    page = _page(request.actor, found, today=day_of(request.at))
    return render(request, "assets/asset.html", {"page": page})


def take_reading(request: Request, asset: int) -> HttpResponse:
    """Put down what a meter shows now."""
    found = visible_asset(request.actor, asset)
    try:
        value = Decimal(request.POST.get("value", "").replace(",", ".").strip())
    except InvalidOperation as wrong:
        raise NotANumber(field="value") from wrong
    shown = reading.Shown(
        meter=request.POST.get("meter", ""),
        unit=request.POST.get("unit", ""),
        value=value,
        read_at=request.at,
        key=uuid4(),
    )
    reading.take_reading(found, shown, by=request.actor, at=request.at)
    return back_to("asset", found.pk)


def move(request: Request, asset: int) -> HttpResponse:
    """Put the asset somewhere else."""
    found = visible_asset(request.actor, asset)
    chosen = request.POST.get("site", "")
    site = _site(request.actor, found, chosen) if chosen else None
    moving.move(
        found,
        site=site,
        place=request.POST.get("place", ""),
        moved_on=day_of(request.at),
        by=request.actor,
        at=request.at,
    )
    return back_to("asset", found.pk)


def retire(request: Request, asset: int) -> HttpResponse:
    """Take it out of service today, or into service again."""
    found = visible_asset(request.actor, asset)
    match request.POST.get("wanted"):
        case "retire":
            registering.retire(found, on=day_of(request.at), by=request.actor, at=request.at)
        case "restore":
            registering.restore(found, by=request.actor, at=request.at)
        case _:
            raise Http404
    return back_to("asset", found.pk)


def renew_label(request: Request, asset: int) -> HttpResponse:
    """Give it another label: the old one leads nowhere from now on."""
    found = visible_asset(request.actor, asset)
    registering.renew_label(found, by=request.actor, at=request.at)
    return HttpResponseRedirect(f"{reverse('asset-labels')}?asset={found.pk}")


def visible_asset(actor: Actor, number: int) -> Asset:
    """
    Find an asset that the actor sees.

    Raises:
        Http404: there is none.
    """
    rows = Asset.objects.visible_to(actor).filter(pk=number)
    found = rows.select_related("model__asset_class", "company", "site", "parent__model").first()
    if found is None:
        raise Http404
    return found


def _site(actor: Actor, asset: Asset, chosen: str) -> Site:
    rows = Site.objects.visible_to(actor).filter(company=asset.company_id)
    site = rows.filter(pk=int(chosen[:17])).first() if chosen.isdecimal() else None
    if site is None:
        raise Http404
    return site


def _page(actor: Actor, asset: Asset, *, today: date) -> AssetPage:
    seen = Ticket.objects.visible_to(actor).filter(asset=asset).latest_first()
    can_keep = actor.may(AssetRight.KEEP)
    sites = Site.objects.visible_to(actor).filter(company=asset.company_id).served()
    parts = Asset.objects.visible_to(actor).filter(parent=asset).select_related("model")
    return AssetPage(
        asset=asset,
        warranty=asset.warranty(today),
        failures=asset.repairs.filter(is_failure=True).count(),
        events=history_of(asset, actor),
        curves=curves_of(asset),
        parts=tuple(parts.order_by("pk")[:50]),
        tickets=tuple(seen[:TICKETS]),
        sites=tuple(sites[:1000]) if can_keep else (),
        label=f"{settings.BASE_URL}/a/{asset.token}",
        answers=in_words(
            asset.custom,
            form_of(asset.model.asset_class.fields.all()),
            language=get_language() or "en",
        ),
        papers=papers_of(asset, actor),
        can_keep=can_keep,
    )
