"""A new request: first of which type, then where and what, in the form that the type has."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from ambidesk.edge.web.portal.door import brand_of
from ambidesk.edge.web.portal.sites import Choice, can_ask, choice_of, choices_of
from ambidesk.edge.web.portal.uploads import read_files
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.photographing import asset_of_photo
from ambidesk.edge.web.ui.questions import SectionView, read_given, sections_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.fields.rules.form import Form
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.wall import beyond
from ambidesk.service.assets.models import Asset
from ambidesk.service.catalogue.asking import form_of
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.channels.portal.saying import Wish, Words
from ambidesk.support.channels.portal.saying import ask as open_request


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    """The form of a type with what was typed and what is wrong."""

    kind: RequestType
    places: tuple[Choice, ...]
    place: str
    sections: tuple[SectionView, ...]
    text: str
    key: str
    asset: Asset | None
    errors: Mapping[str, str]


def choose(request: Request) -> HttpResponse:
    """Show what can be asked for."""
    may = can_ask(request.actor, at=request.at)
    kinds = RequestType.objects.filter(archived_at=None).in_words() if may else ()
    page = {"kinds": kinds, "asset": _asset(request)}
    return render(request, "portal/kinds.html", page)


def ask(request: Request, kind: int) -> HttpResponse:
    """Show the form of a type."""
    return render(request, "portal/new.html", {"page": _page(request, _kind(kind))})


def create(request: Request, kind: int) -> HttpResponse:
    """Open the request and go to it; a photo of a label says first what it is about."""
    found = _kind(kind)
    try:
        asset = _asset(request) or _photographed(request)
    except InvalidInput as refused:
        return _again(request, found, {"photo": str(refused)})
    if "read" in request.POST:
        return render(request, "portal/new.html", {"page": _page(request, found, asset=asset)})
    return _create(request, found, asset)


def _create(request: Request, found: RequestType, asset: Asset | None) -> HttpResponse:
    reading = read_given(_form(found), request.POST, zone=get_current_timezone(), at=request.at)
    place = _place(request)
    errors = dict(reading.errors)
    if place is None:
        errors["place"] = _("Choose where it is.")
    if place is None or errors:
        return _again(request, found, errors, asset=asset)
    try:
        wish = Wish(
            brand=brand_of(place.company),
            company=place.company,
            site=place.site,
            request_type=found,
            words=Words(
                text=request.POST.get("text", ""),
                files=read_files(request),
                key=request.POST.get("key", ""),
            ),
            asset=asset,
            answers=reading.answers,
        )
        with beyond():
            ticket = open_request(wish, by=request.actor, at=request.at)
    except InvalidInput as refused:
        errors = {refused.field or "text": str(refused)}
        return _again(request, found, errors, asset=asset)
    return back_to("portal-request", ticket.number)


def _photographed(request: Request) -> Asset | None:
    if "photo" not in request.FILES and "read" not in request.POST:
        return None
    rows = Asset.objects.visible_to(request.actor).select_related("model", "company", "site")
    return asset_of_photo(request, among=rows)


def _again(
    request: Request,
    kind: RequestType,
    errors: Mapping[str, str],
    *,
    asset: Asset | None = None,
) -> HttpResponse:
    page = _page(request, kind, asset=asset, errors=errors)
    return render(request, "portal/new.html", {"page": page}, status=422)


def _page(
    request: Request,
    kind: RequestType,
    *,
    asset: Asset | None = None,
    errors: Mapping[str, str] | None = None,
) -> AskPage:
    given = request.POST if request.method == "POST" else None
    asset = asset or _asset(request)
    stands = f"site-{asset.site_id}" if asset and asset.site_id else ""
    return AskPage(
        kind=kind,
        places=choices_of(request.actor, at=request.at),
        place=request.POST.get("place") or request.GET.get("place") or stands,
        sections=sections_of(
            _form(kind), given, errors=errors, at=request.at, zone=get_current_timezone()
        ),
        text=request.POST.get("text", ""),
        key=request.POST.get("key", "") or secrets.token_urlsafe(16),
        asset=asset,
        errors=errors or {},
    )


def _place(request: Request) -> Choice | None:
    return choice_of(request.actor, request.POST.get("place", ""), at=request.at)


def _asset(request: Request) -> Asset | None:
    """What it is about, where that was said and they see it."""
    typed = request.POST.get("asset", "") or request.GET.get("asset", "")
    if not typed.isdecimal() or len(typed) > 17:
        return None
    rows = Asset.objects.visible_to(request.actor).select_related("model", "company", "site")
    return rows.filter(pk=int(typed)).first()


def _kind(number: int) -> RequestType:
    found = RequestType.objects.filter(pk=number, archived_at=None).first()
    if found is None:
        raise Http404
    return found


def _form(kind: RequestType) -> Form:
    return form_of(kind).for_customers()
