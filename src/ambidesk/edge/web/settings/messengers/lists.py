"""The lists: the messengers' channels there are, and the kinds that can be added."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.channels import KINDS
from ambidesk.edge.web.settings.pages import Line, ListPage
from ambidesk.edge.web.settings.sections import Words, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.channels.contract.manifest import Manifest
from ambidesk.support.channels.contract.registry import every, kinds
from ambidesk.support.conversations.models import Channel, ChannelHealth

SECTION = "messengers"


def show(request: Request) -> HttpResponse:
    """Show the channels that connectors serve."""
    titles = {each.manifest.kind: str(each.manifest.title) for each in every()}
    rows = Channel.objects.filter(kind__in=kinds()).select_related("brand", "team")
    lines = tuple(_line(row, titles[row.kind]) for row in rows.order_by("-enabled", "name"))
    return pages.show_list(
        request,
        ListPage(
            section=SECTION,
            sections=sections(request.actor),
            title=_("Messengers"),
            words=_("Bots by which customers write to your brands from their messengers."),
            lines=lines,
            add=reverse("settings-messengers-kinds"),
            add_words=_("New messenger"),
            empty=_("Connect the first bot: what people write to it becomes tickets."),
        ),
    )


def choose(request: Request) -> HttpResponse:
    """Show the kinds of messengers; those restricted in the desk's country come last."""
    manifests = [each.manifest for each in every()]
    manifests.sort(key=lambda each: not each.offered_in(settings.COUNTRY))
    return pages.show_list(
        request,
        ListPage(
            section=SECTION,
            sections=sections(request.actor),
            title=_("New messenger"),
            words=_("Choose where your customers are."),
            lines=tuple(_kind(each) for each in manifests),
            add=pages.list_url(SECTION),
            add_words="",
            empty=_("This desk has no connector."),
        ),
    )


def _line(channel: Channel, title: str) -> Line:
    team = channel.team.name if channel.team else ""
    state: tuple[Words, str] = ("", "")
    if channel.enabled:
        health = ChannelHealth(channel.health)
        state = (channel.get_health_display(), KINDS.get(health, ""))
    return Line(
        url=reverse("settings-messengers-one", args=[channel.pk]),
        name=channel.name,
        facts=(title, channel.address, channel.brand.name, team),
        state=state[0],
        state_kind=state[1],
        is_archived=not channel.enabled,
    )


def _kind(manifest: Manifest) -> Line:
    is_offered = manifest.offered_in(settings.COUNTRY)
    return Line(
        url=reverse("settings-messengers-new", args=[manifest.kind]),
        name=str(manifest.title),
        facts=(str(manifest.help),),
        state="" if is_offered else _("Restricted in your country"),
        state_kind="" if is_offered else "waiting",
    )
