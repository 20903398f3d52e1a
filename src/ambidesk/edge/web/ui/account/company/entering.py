"""
Entering by a provider: there and back, and in.

Browsers come back by an address (OIDC) or from another site (SAML): neither changes anything. What
came is put into a form of our own page, whose sending is the change.
"""

import secrets
from collections.abc import Mapping
from typing import Final

import requests
import structlog
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.account.company import oidc, saml
from ambidesk.edge.web.ui.account.company.failing import NotProved
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.events import SignInFailure
from ambidesk.ground.reach.signing_in import note_failed
from ambidesk.parties.staff.models import Provider, ProviderKind
from ambidesk.parties.staff.vouching import Claim, admit

log = structlog.get_logger(__name__)
# What strangers can send: the answer to a request is a short form.
LONGEST: Final = 200_000
KEPT_SECONDS: Final = 300
WRONG = (OAuth2Error, requests.RequestException, ValueError, KeyError, TypeError, NotProved)
# An office behind one address, three steps each.
PER_MINUTE: Final = 180
FIELDS = ("state", "code", "held")


class TooOften(Refusal):
    """Somebody tries again and again."""

    sentence = _("Too many tries. Wait a minute, then try again.")
    status = 429


def begin(request: Request, provider: str) -> HttpResponse:
    """Send the browser to the provider."""
    _count(request)
    row = _provider(provider)
    wanted = request.POST.get("next", "")
    next_url = wanted if get_adapter().is_safe_url(wanted) else ""
    try:
        way = oidc.begin if row.kind == ProviderKind.OIDC else saml.begin
        return way(request, row, next_url=next_url)
    except WRONG as wrong:
        return _failed(request, row, NotProved(), why=wrong)


def receive(request: Request, provider: str) -> HttpResponse:
    """Take what comes from the provider's own page, and lead on to a page of ours."""
    _count(request)
    row = _provider(provider, kind=ProviderKind.SAML)
    given = {name: request.POST.get(name, "") for name in ("SAMLResponse", "RelayState")}
    if sum(map(len, given.values())) > LONGEST or any("\0" in each for each in given.values()):
        raise Http404
    held = secrets.token_urlsafe(24)
    ephemeral.put(f"saml-answer:{held}", given, seconds=KEPT_SECONDS)
    answer = HttpResponse(status=303)
    answer["Location"] = f"{reverse('company-answer', args=[row.slug])}?held={held}"
    return answer


def ask(request: Request, provider: str) -> HttpResponse:
    """Show what came, in a form that sends itself."""
    row = _provider(provider)
    fields = [(name, request.GET[name][:4000]) for name in FIELDS if name in request.GET]
    answer = render(request, "account/company.html", {"provider": row, "fields": fields})
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def finish(request: Request, provider: str) -> HttpResponse:
    """Let in whom the provider vouches for."""
    _count(request)
    row = _provider(provider)
    try:
        claim, next_url = _proved(request, row)
        user = admit(row, claim, by=SYSTEM, at=request.at)
    except WRONG as wrong:
        return _failed(request, row, NotProved(), why=wrong)
    except Refusal as refused:
        return _failed(request, row, refused, why=refused)
    record_authentication(request, user, "socialaccount", provider=row.kind, number=row.pk)
    answer: HttpResponse = perform_login(request, Login(user=user, redirect_url=next_url or None))
    return answer


def describe(_request: Request, provider: str) -> HttpResponse:
    """Give the provider what it must know of us."""
    row = _provider(provider, kind=ProviderKind.SAML)
    return HttpResponse(saml.metadata(row), content_type="application/samlmetadata+xml")


def _count(request: Request) -> None:
    place = get_adapter().get_client_ip(request)
    if ephemeral.count(f"company:{place}", seconds=60) > PER_MINUTE:
        raise TooOften


def _proved(request: Request, row: Provider) -> tuple[Claim, str]:
    if row.kind == ProviderKind.OIDC:
        return oidc.finish(request, row, request.POST)
    held = request.POST.get("held", "")[:64].replace("\0", "")
    given: Mapping[str, str] = ephemeral.get(f"saml-answer:{held}") or {}
    ephemeral.drop(f"saml-answer:{held}")
    return saml.finish(request, row, given)


def _failed(request: Request, row: Provider, refused: Refusal, *, why: Exception) -> HttpResponse:
    """Say that it did not work; what exactly was wrong is for the log."""
    log.warning("company-sign-in-failed", provider=row.pk, why=type(why).__name__)
    is_stranger = refused.code == "stranger"
    failure = SignInFailure.STRANGER if is_stranger else SignInFailure.PROVIDER
    note_failed(None, failure, provider_id=row.pk, by=SYSTEM, at=request.at)
    page = {"provider": row, "words": str(refused)}
    return render(request, "account/company_failed.html", page, status=422)


def _provider(slug: str, *, kind: ProviderKind | None = None) -> Provider:
    rows = Provider.objects.filter(slug=slug, archived_at=None)
    row = (rows.filter(kind=kind) if kind else rows).first()
    if row is None:
        raise Http404
    return row
