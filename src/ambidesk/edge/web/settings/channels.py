"""Channels: the mailboxes of the brands, and whether they work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.mailbox import MailboxForm, known, mailbox_in
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.sections import Words
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.channels.mail.connecting import connect_mailbox
from ambidesk.support.channels.mail.probing import probe
from ambidesk.support.conversations import connecting
from ambidesk.support.conversations.models import (
    Channel,
    ChannelHealth,
    ChannelKind,
    ChannelReport,
    Trouble,
)
from ambidesk.support.conversations.rights import ChannelRight

KINDS = {ChannelHealth.WORKING: "done", ChannelHealth.FAILING: "breached"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One way of a channel: whether it works, since when, and what to do if not."""

    way: Words
    state: Words
    kind: str
    words: Words
    since: datetime
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the last tries said; an empty report asks for the first one."""

    findings: tuple[Finding, ...]
    test: str
    template: str = "health.html"


def test(request: Request, pk: int) -> HttpResponse:
    """Try the mailbox for real, and show what came of it."""
    channel = Channel.objects.filter(pk=pk, kind=ChannelKind.EMAIL).first()
    if channel is None:
        raise Http404
    probe(channel, by=request.actor, at=request.at)
    return pages.to(_url(channel) + "#health")


def finding_of(report: ChannelReport) -> Finding:
    """Tell what the last try of one way said."""
    return Finding(
        way=report.get_way_display(),
        state=report.get_health_display(),
        kind=KINDS.get(ChannelHealth(report.health), ""),
        words=Trouble(report.trouble).label if report.trouble else "",
        since=report.since,
        at=report.at,
    )


def _rows(_request: Request) -> QuerySet[Channel]:
    mine = Channel.objects.filter(kind=ChannelKind.EMAIL).select_related("brand", "team")
    return mine.order_by("-enabled", "name")


def _facts(channel: Channel) -> tuple[str, ...]:
    address = channel.address if channel.address != channel.name else ""
    return (address, channel.brand.name, channel.team.name if channel.team else "")


def _state(channel: Channel) -> tuple[Words, str]:
    if not channel.enabled:
        return ("", "")
    return (channel.get_health_display(), KINDS.get(ChannelHealth(channel.health), ""))


def _save(request: Request, channel: Channel | None, values: Mapping[str, Any]) -> HttpResponse:
    saved = connect_mailbox(channel, mailbox_in(values), by=request.actor, at=request.at)
    return pages.to(_url(saved) + "#health")


def _switch(request: Request, channel: Channel) -> object:
    return connecting.switch(channel, on=not channel.enabled, by=request.actor, at=request.at)


def _report(channel: Channel) -> Report:
    rows = channel.reports.order_by("way")
    url = reverse("settings-channels-test", args=[channel.pk])
    return Report(findings=tuple(map(finding_of, rows)), test=url)


def _url(channel: Channel) -> str:
    return reverse("settings-channels-one", args=[channel.pk])


CHANNELS = Noun(
    key="channels",
    model=Channel,
    form=MailboxForm,
    right=ChannelRight.MANAGE,
    title=_("Channels"),
    words=_("Mailboxes by which customers write to your brands, and by which answers leave."),
    add_words=_("New mailbox"),
    empty=_("Connect the first mailbox: what is written to it becomes tickets."),
    rows=_rows,
    facts=_facts,
    known=known,
    save=_save,
    archive=_switch,
    state=_state,
    report=_report,
    only=Q(kind=ChannelKind.EMAIL),
)
