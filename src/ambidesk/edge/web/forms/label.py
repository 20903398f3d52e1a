"""
A label: whoever may see its asset is led there, everybody else to a form that reports a fault.

Whoever has the label stands before the thing: the model is told, never whose it is or where.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override

from ambidesk.edge.web.ui.faces import brand_at, face_of, gone
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.parties.brands.models import Brand
from ambidesk.service.assets.labelling import asset_of_label
from ambidesk.service.assets.models import Asset
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.conversations.models import Channel, ChannelKind
from ambidesk.support.tickets.serving import last_brand

ENDING, MOST = 4, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """What a stranger may know: the model, and the end of the number that stands on it anyway."""

    token: str
    model: str
    ending: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A form by which a fault is reported."""

    title: str
    url: str


def show(request: Request, label: str) -> HttpResponse:
    """Open the asset, or offer to report a fault."""
    here = brand_at(request)
    asset = asset_of_label(label)
    if asset is None:
        return gone(request, here, status=404)
    if here is None and Asset.objects.visible_to(request.actor).filter(pk=asset.pk).exists():
        is_client = request.actor.kind is ActorKind.CONTACT
        return back_to("portal-asset" if is_client else "asset", asset.pk)
    return _reported(request, asset, here)


def labelled(token: str) -> Labelled | None:
    """Say what a label is on, as far as strangers may know."""
    asset = asset_of_label(token)
    return _told(asset) if asset else None


def _told(asset: Asset) -> Labelled:
    ending = f"…{asset.serial[-ENDING:]}" if len(asset.serial) > ENDING else asset.serial
    return Labelled(token=asset.token, model=str(asset.model), ending=ending)


def _reported(request: Request, asset: Asset, here: Brand | None) -> HttpResponse:
    forms = Channel.objects.filter(kind=ChannelKind.FORM, enabled=True)
    if serving := here or last_brand(asset.company_id):
        forms = forms.filter(brand=serving)
    language = (here.language if here else get_language()) or "en"
    rows = forms.select_related("brand").order_by("pk")[:MOST]
    ways = tuple(_way(row, asset, language) for row in rows)
    page = {"about": _told(asset), "ways": ways, "staff": f"{settings.BASE_URL}/a/{asset.token}"}
    with override(language):
        face = face_of(here) if here else None
        answer = render(request, "forms/label.html", {"page": page, "face": face})
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _way(form: Channel, asset: Asset, language: str) -> Way:
    manner = FormManner.read(form.settings)
    url = f"{form.brand.origin}/forms/{form.address}?asset={asset.token}&language={language}"
    return Way(title=manner.said(manner.title, language), url=url)
