"""Widgets: chats on the sites of the brands, the line that puts them there, their secrets."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.pages import SecretPage
from ambidesk.edge.web.settings.sections import sections
from ambidesk.edge.web.settings.widget_form import WidgetForm, known, widget_in
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.channels.widget.connecting import connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.channels.widget.proving import rotate
from ambidesk.support.conversations import connecting
from ambidesk.support.conversations.models import Channel, ChannelKind
from ambidesk.support.conversations.rights import ChannelRight


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """How a widget comes onto a site: the line, the policy it needs, and how it will look."""

    snippet: str
    policy: str
    key: str
    secret_url: str
    has_secret: bool
    preview: str
    language: str
    template: str = "widget.html"


def secret(request: Request, pk: int) -> HttpResponse:
    """Draw a new secret and show it: only its seal is kept."""
    channel = Channel.objects.filter(pk=pk, kind=ChannelKind.WIDGET).first()
    if channel is None:
        raise Http404
    page = SecretPage(
        section="widgets",
        sections=sections(request.actor),
        name=channel.name,
        words=_(
            "Give it to the server of your site, and to nobody else: whoever has it can speak as "
            "any of your customers. It is shown only now."
        ),
        audience=channel.address,
        secret=rotate(channel, by=request.actor, at=request.at),
        back=_url(channel),
    )
    return pages.show_secret(request, page)


def snippet_of(channel: Channel) -> str:
    """The line that a site puts into its pages."""
    source = f"{channel.brand.origin}/widget.js"
    return f'<script async src="{source}" data-channel="{channel.address}"></script>'


def _placing(channel: Channel) -> Placing:
    base = channel.brand.origin
    shown = {"brand": channel.brand.name, "brand_accent": channel.brand.accent}
    return Placing(
        snippet=snippet_of(channel),
        policy=f"script-src {base}; connect-src {base}; img-src {base}",
        key=channel.address,
        secret_url=reverse("settings-widgets-secret", args=[channel.pk]),
        has_secret=bool(channel.secret),
        preview=json.dumps(shown),
        language=get_language() or "en",
    )


def _rows(_request: Request) -> QuerySet[Channel]:
    mine = Channel.objects.filter(kind=ChannelKind.WIDGET).select_related("brand", "team")
    return mine.order_by("-enabled", "name")


def _facts(channel: Channel) -> tuple[str, ...]:
    sites = ", ".join(Manner.read(channel.settings).origins[:3])
    return (sites, channel.brand.name, channel.team.name if channel.team else "")


def _save(request: Request, channel: Channel | None, values: Mapping[str, Any]) -> HttpResponse:
    saved = connect_widget(channel, widget_in(values), by=request.actor, at=request.at)
    return pages.to(_url(saved) + "#placing")


def _switch(request: Request, channel: Channel) -> object:
    return connecting.switch(channel, on=not channel.enabled, by=request.actor, at=request.at)


def _url(channel: Channel) -> str:
    return reverse("settings-widgets-one", args=[channel.pk])


WIDGETS = Noun(
    key="widgets",
    model=Channel,
    form=WidgetForm,
    right=ChannelRight.MANAGE,
    title=_("Chat widgets"),
    words=_("Chats on the sites of your brands: one line on the page, and visitors can write."),
    add_words=_("New widget"),
    empty=_("Put a chat on your first site."),
    rows=_rows,
    facts=_facts,
    known=known,
    save=_save,
    archive=_switch,
    report=_placing,
    only=Q(kind=ChannelKind.WIDGET),
)
