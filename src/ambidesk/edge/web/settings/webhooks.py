"""Webhooks: where other systems are called, of what, and what came of the last calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.pages import SecretPage
from ambidesk.edge.web.settings.sections import Words, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand
from ambidesk.support.webhooks.arranging import Wanted, rotate, set_up_webhook, switch
from ambidesk.support.webhooks.kinds import TEST, offered
from ambidesk.support.webhooks.models import Webhook, WebhookCall
from ambidesk.support.webhooks.replaying import replay, replay_lost
from ambidesk.support.webhooks.rights import WebhookRight
from ambidesk.support.webhooks.telling import try_out

SHOWN = 30
# Calls are kept for so long, see wiring.
KEPT = timedelta(days=30)
OUTCOMES: Mapping[str, tuple[Words, str]] = {
    "sent": (_("received"), "done"),
    "given_up": (_("given up"), "breached"),
    "waiting": (_("on its way"), "waiting"),
}


class WebhookForm(forms.Form):
    """Where it is and what it hears of."""

    name = forms.CharField(label=_("Name"), max_length=80)
    url = forms.URLField(
        label=_("Address"),
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    kinds = forms.MultipleChoiceField(label=_("Tell it when"), widget=forms.CheckboxSelectMultiple)
    brand = forms.ModelChoiceField(
        Brand.objects.filter(archived_at=None),
        label=_("Only for brand"),
        required=False,
        empty_label=_("All brands"),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["kinds"].choices = list(offered().items())  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One call as a person reads it."""

    call: WebhookCall
    what: Words
    state: Words
    state_kind: str
    answer: str
    again_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """How a webhook fares: its last calls, and what can be done about them."""

    told: tuple[Told, ...]
    secret_url: str
    test_url: str
    lost_url: str
    has_lost: bool
    rests_until: object
    template: str = "webhook.html"


def secret(request: Request, pk: int) -> HttpResponse:
    """Draw a new secret and show it: only its seal is kept."""
    webhook = _found(pk)
    page = SecretPage(
        section="webhooks",
        sections=sections(request.actor),
        name=webhook.name,
        words=_(
            "Give it to whoever receives the calls: with it they prove that a call is from here. "
            "It is shown only now; the one before stays good for a day."
        ),
        secret=rotate(webhook, by=request.actor, at=request.at),
        back=_url(webhook),
    )
    return pages.show_secret(request, page)


def test(request: Request, pk: int) -> HttpResponse:
    """Call it now with nothing but a test."""
    webhook = _found(pk)
    try_out(webhook, by=request.actor, at=request.at)
    return pages.to(_url(webhook) + "#calls")


def again(request: Request, pk: int) -> HttpResponse:
    """Make one call again."""
    call = WebhookCall.objects.filter(pk=pk).select_related("webhook").first()
    if call is None:
        raise Http404
    replay(call, by=request.actor, at=request.at)
    return pages.to(_url(call.webhook) + "#calls")


def again_all(request: Request, pk: int) -> HttpResponse:
    """Make again whatever was given up."""
    webhook = _found(pk)
    replay_lost(webhook, since=request.at - KEPT, by=request.actor, at=request.at)
    return pages.to(_url(webhook) + "#calls")


def _found(pk: int) -> Webhook:
    webhook = Webhook.objects.filter(pk=pk).first()
    if webhook is None:
        raise Http404
    return webhook


def _url(webhook: Webhook) -> str:
    return reverse("settings-webhooks-one", args=[webhook.pk])


def _rows(_request: Request) -> QuerySet[Webhook]:
    return Webhook.objects.select_related("brand").order_by("-enabled", "name")


def _facts(webhook: Webhook) -> tuple[str, ...]:
    return (webhook.brand.name,) if webhook.brand else ()


def _state(webhook: Webhook) -> tuple[Words, str]:
    return (_("does not answer"), "breached") if webhook.failures else ("", "")


def _known(webhook: Webhook) -> dict[str, Any]:
    return {
        "name": webhook.name,
        "url": webhook.url,
        "kinds": webhook.kinds,
        "brand": webhook.brand,
    }


def _save(request: Request, webhook: Webhook | None, values: Mapping[str, Any]) -> HttpResponse:
    wanted = Wanted(
        name=values["name"], url=values["url"], kinds=values["kinds"], brand=values["brand"]
    )
    saved = set_up_webhook(webhook, wanted, by=request.actor, at=request.at)
    return pages.to(_url(saved) + "#calls")


def _switch(request: Request, webhook: Webhook) -> object:
    return switch(webhook, on=not webhook.enabled, by=request.actor, at=request.at)


def _calls(webhook: Webhook) -> Calls:
    latest = list(webhook.calls.order_by("-pk")[:SHOWN])
    lost = WebhookCall.objects.filter(webhook=webhook, sent_at=None).exclude(given_up_at=None)
    return Calls(
        told=tuple(_told(each) for each in latest),
        secret_url=reverse("settings-webhooks-secret", args=[webhook.pk]),
        test_url=reverse("settings-webhooks-test", args=[webhook.pk]),
        lost_url=reverse("settings-webhooks-lost", args=[webhook.pk]),
        has_lost=lost.exists(),
        rests_until=webhook.rests_until,
    )


def _told(call: WebhookCall) -> Told:
    state, kind = OUTCOMES[call.outcome]
    again = reverse("settings-webhooks-call", args=[call.pk])
    return Told(
        call=call,
        what=_("A test") if call.kind == TEST else offered().get(call.kind, call.kind),
        state=state,
        state_kind=kind,
        answer=str(call.status) if call.status else call.trouble,
        again_url="" if call.outcome == "waiting" else again,
    )


WEBHOOKS = Noun(
    key="webhooks",
    model=Webhook,
    form=WebhookForm,
    right=WebhookRight.MANAGE,
    title=_("Webhooks"),
    words=_("Other systems are called when something happens here, signed by Standard Webhooks."),
    add_words=_("New webhook"),
    empty=_("Tell another system what happens here."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    archive=_switch,
    beneath=lambda webhook: webhook.url,
    state=_state,
    report=_calls,
)
