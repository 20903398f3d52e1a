"""Web forms: pages of the brands on which requests are typed, and the line that embeds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.widget_form import ASKS
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.channels.webform.connecting import WebForm, connect_form
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.channels.widget.manner import Asks
from ambidesk.support.conversations import connecting
from ambidesk.support.conversations.models import Channel, ChannelKind
from ambidesk.support.conversations.rights import ChannelRight


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where a form stands, the line that puts it into a site, and the policy that needs."""

    page: str
    snippet: str
    policy: str
    template: str = "webform.html"


def _text(label: Any, *, lines: int = 0) -> forms.CharField:
    widget = forms.Textarea({"rows": lines}) if lines else forms.TextInput()
    return forms.CharField(label=label, max_length=500, required=False, widget=widget)


class WebFormForm(forms.Form):
    """One web form of one brand."""

    brand = forms.ModelChoiceField(Brand.objects.filter(archived_at=None), label=_("Brand"))
    address = forms.CharField(
        label=_("Last word of its address"),
        max_length=40,
        help_text=_("Such as repair: the page is /forms/repair then."),
    )
    request_type = forms.ModelChoiceField(
        RequestType.objects.filter(archived_at=None),
        label=_("Request type"),
        required=False,
        empty_label=_("None"),
        help_text=_("Its questions are asked, and its tickets are opened."),
    )
    team = forms.ModelChoiceField(
        Team.objects.filter(archived_at=None),
        label=_("Team"),
        required=False,
        empty_label=_("No team"),
    )
    title_en, title_ru = _text(_("Title in English")), _text(_("Title in Russian"))
    intro_en = _text(_("Beneath the title, in English"), lines=2)
    intro_ru = _text(_("Beneath the title, in Russian"), lines=2)
    thanks_en = _text(_("Thanks in English"), lines=2)
    thanks_ru = _text(_("Thanks in Russian"), lines=2)
    asks_text = forms.ChoiceField(label=_("What it is about"), choices=ASKS, initial=Asks.MUST)
    asks_name = forms.ChoiceField(label=_("Name"), choices=ASKS, initial=Asks.MAY)
    takes_files = forms.BooleanField(label=_("Takes files"), required=False, initial=True)
    acknowledges = forms.BooleanField(
        label=_("Send a mail with the number of the ticket"), required=False, initial=True
    )
    origins = forms.CharField(
        label=_("Sites that may embed it"),
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "https://shop.example"}),
        max_length=10_000,
        required=False,
        help_text=_("One a line. Its own page is there in any case."),
    )
    groups = (
        ("pairs", "", "", ("brand", "address", "request_type", "team")),
        (
            "pairs",
            _("Words"),
            "",
            ("title_en", "title_ru", "intro_en", "intro_ru", "thanks_en", "thanks_ru"),
        ),
        ("pairs", _("Asks"), "", ("asks_text", "asks_name", "takes_files", "acknowledges")),
        ("", _("Sites"), "", ("origins",)),
    )


def snippet_of(channel: Channel) -> str:
    """The line that a site puts into its pages."""
    source = f"{channel.brand.origin}/forms.js"
    return f'<script async src="{source}" data-form="{channel.address}"></script>'


def _placing(channel: Channel) -> Placing:
    base = channel.brand.origin
    return Placing(
        page=f"{base}/forms/{channel.address}",
        snippet=snippet_of(channel),
        policy=f"script-src {base}; connect-src {base}",
    )


def _rows(_request: Request) -> QuerySet[Channel]:
    mine = Channel.objects.filter(kind=ChannelKind.FORM).select_related("brand", "team")
    return mine.order_by("-enabled", "name")


def _facts(channel: Channel) -> tuple[str, ...]:
    return (
        f"/forms/{channel.address}",
        channel.brand.name,
        channel.team.name if channel.team else "",
    )


def _known(channel: Channel) -> dict[str, Any]:
    manner = FormManner.read(channel.settings)
    texts = {
        f"{name}_{language}": getattr(manner, name).get(language, "")
        for name in ("title", "intro", "thanks")
        for language in ("en", "ru")
    }
    same = ("asks_text", "asks_name", "takes_files", "acknowledges")
    return {
        "brand": channel.brand_id,
        "address": channel.address,
        "request_type": manner.request_type or None,
        "team": channel.team_id,
        "origins": "\n".join(manner.origins),
        **texts,
        **{name: getattr(manner, name) for name in same},
    }


def _save(request: Request, channel: Channel | None, values: Mapping[str, Any]) -> HttpResponse:
    texts = {
        name: {language: values[f"{name}_{language}"].strip() for language in ("en", "ru")}
        for name in ("title", "intro", "thanks")
    }
    manner = FormManner(
        asks_text=Asks(values["asks_text"]),
        asks_name=Asks(values["asks_name"]),
        takes_files=values["takes_files"],
        acknowledges=values["acknowledges"],
        origins=tuple(values["origins"].replace(",", " ").split()),
        title=texts["title"],
        intro=texts["intro"],
        thanks=texts["thanks"],
    )
    wanted = WebForm(
        brand=values["brand"],
        team=values["team"],
        request_type=values["request_type"],
        name=manner.said(manner.title, values["brand"].language),
        address=values["address"],
        manner=manner,
    )
    saved = connect_form(channel, wanted, by=request.actor, at=request.at)
    return pages.to(reverse("settings-webforms-one", args=[saved.pk]) + "#placing")


def _switch(request: Request, channel: Channel) -> object:
    return connecting.switch(channel, on=not channel.enabled, by=request.actor, at=request.at)


WEBFORMS = Noun(
    key="webforms",
    model=Channel,
    form=WebFormForm,
    right=ChannelRight.MANAGE,
    title=_("Web forms"),
    words=_("Requests typed into a page of a brand, or into its site by one line."),
    add_words=_("New web form"),
    empty=_("Let customers ask by a form: it becomes a ticket with its fields filled in."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    archive=_switch,
    report=_placing,
    only=Q(kind=ChannelKind.FORM),
)
