"""Incoming webhooks: their addresses, where in the JSON of other systems what stands, a dry run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.problems.sentences import REASONS
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.channels.incoming.connecting import KIND, Source, connect_source
from ambidesk.support.channels.incoming.mapping import Event, Rules, Unmapped, events_in
from ambidesk.support.conversations import connecting
from ambidesk.support.conversations.models import Channel, IntakeItem
from ambidesk.support.conversations.raw import raw_of
from ambidesk.support.conversations.rights import ChannelRight

SHOWN, LONGEST_SHOWN = 5, 4_000


class NotAField(InvalidInput):
    """The line names no field."""

    sentence = _("“%(line)s” names no field. Write the number of a field, =, and a path.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One of the last calls: how it came, and what would become of it."""

    at: Any
    text: str
    events: tuple[Event, ...]
    why_not: object = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """Where other systems call, and what the last of them said."""

    url: str
    seen: tuple[Seen, ...]
    template: str = "incoming.html"


def _path(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=500,
        required=False,
        help_text=help_text,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )


class SourceForm(forms.Form):
    """One incoming webhook of one brand."""

    name = forms.CharField(label=_("Name"), max_length=80)
    brand = forms.ModelChoiceField(Brand.objects.filter(archived_at=None), label=_("Brand"))
    team = forms.ModelChoiceField(
        Team.objects.filter(archived_at=None),
        label=_("Team"),
        required=False,
        empty_label=_("No team"),
    )
    request_type = forms.ModelChoiceField(
        RequestType.objects.filter(archived_at=None),
        label=_("Request type"),
        required=False,
        empty_label=_("None"),
    )
    secret = forms.CharField(
        label=_("Secret of the signature"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Where calls are signed. Left empty, it stays as it is."),
    )
    each = _path(_("Where the events stand"), _("Such as alerts. Empty: a call is one event."))
    subject = _path(_("Subject"), _("A path such as title, or words with {{paths}}."))
    text = _path(_("Text"))
    sender = _path(_("Address of who asks"), _("Where it is none, the other system asks."))
    sender_name = _path(_("Name of who asks"))
    key = _path(_("What it is known by there"), _("The same again goes on in the same ticket."))
    state = _path(_("Where its state stands"))
    closes = forms.CharField(
        label=_("States that end it"),
        max_length=200,
        required=False,
        help_text=_("Separated by commas, such as resolved, ok."),
    )
    fields_text = forms.CharField(
        label=_("Custom fields"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_("One a line: the number of the field, =, and a path."),
    )
    is_live = forms.BooleanField(
        label=_("Open tickets"),
        required=False,
        help_text=_("Until then calls are kept below, to try the paths on them."),
    )
    groups = (
        ("pairs", "", "", ("name", "brand", "team", "request_type", "secret")),
        (
            "pairs",
            _("What stands where"),
            "",
            ("each", "subject", "text", "sender", "sender_name", "key", "state", "closes"),
        ),
        ("", "", "", ("fields_text", "is_live")),
    )


def _rows(_request: Request) -> QuerySet[Channel]:
    mine = Channel.objects.filter(kind=KIND).select_related("brand", "team")
    return mine.order_by("-enabled", "name")


def _facts(channel: Channel) -> tuple[str, ...]:
    return channel.brand.name, channel.team.name if channel.team else ""


def _state(channel: Channel) -> tuple[Any, str]:
    is_live = Rules.read(channel.settings).is_live
    return ("", "") if is_live or not channel.enabled else (_("Dry run"), "waiting")


def _known(channel: Channel) -> dict[str, Any]:
    rules = Rules.read(channel.settings)
    same = ("each", "subject", "text", "sender", "sender_name", "key", "state", "is_live")
    return {
        "name": channel.name,
        "brand": channel.brand_id,
        "team": channel.team_id,
        "request_type": rules.request_type or None,
        "closes": ", ".join(rules.closes),
        "fields_text": "\n".join(f"{key} = {path}" for key, path in rules.fields.items()),
        **{name: getattr(rules, name) for name in same},
    }


def _save(request: Request, channel: Channel | None, values: Mapping[str, Any]) -> HttpResponse:
    kind = values["request_type"]
    paths = ("each", "subject", "text", "sender", "sender_name", "key", "state")
    rules = Rules(
        closes=tuple(each.strip() for each in values["closes"].split(",") if each.strip()),
        request_type=kind.pk if kind else 0,
        fields=_fields(values["fields_text"]),
        is_live=values["is_live"],
        **{name: values[name].strip() for name in paths},
    )
    wanted = Source(
        brand=values["brand"],
        team=values["team"],
        name=values["name"],
        rules=rules,
        secret=values["secret"] or None,
    )
    saved = connect_source(channel, wanted, by=request.actor, at=request.at)
    return pages.to(reverse("settings-incoming-one", args=[saved.pk]) + "#arriving")


def _fields(text: str) -> dict[int, str]:
    known = set(Definition.objects.filter(archived_at=None).values_list("pk", flat=True))
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        key, _equals, path = (part.strip() for part in line.partition("="))
        if not (key.isascii() and key.isdecimal() and path and int(key[:9]) in known):
            raise NotAField(field="fields_text", line=line[:60])
        found[int(key)] = path
    return found


def _arriving(channel: Channel) -> Arriving:
    rules = Rules.read(channel.settings)
    items = IntakeItem.objects.filter(channel=channel.pk).order_by("-pk")[:SHOWN]
    return Arriving(
        url=f"{settings.BASE_URL}/in/{channel.address}",
        seen=tuple(_seen(item, rules) for item in items),
    )


def _seen(item: IntakeItem, rules: Rules) -> Seen:
    try:
        raw = raw_of(item)
    except OSError:
        raw = b""
    try:
        events: tuple[Event, ...] = tuple(events_in(raw, rules))
        why: object = ""
    except Unmapped as unmapped:
        events, why = (), REASONS.get(unmapped.reason, "")
    return Seen(at=item.received_at, text=_pretty(raw), events=events, why_not=why)


def _pretty(raw: bytes) -> str:
    try:
        shown = json.dumps(unpacked(raw), ensure_ascii=False, indent=2)
    except ValueError:
        shown = raw.decode(errors="replace")
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"


def _switch(request: Request, channel: Channel) -> object:
    return connecting.switch(channel, on=not channel.enabled, by=request.actor, at=request.at)


INCOMING = Noun(
    key="incoming",
    model=Channel,
    form=SourceForm,
    right=ChannelRight.MANAGE,
    title=_("Incoming webhooks"),
    words=_(
        "Other systems tell what happens there, and it becomes tickets: alerts, orders, forms."
    ),
    add_words=_("New incoming webhook"),
    empty=_("Let your monitoring open tickets, and close them when all is well again."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    archive=_switch,
    state=_state,
    report=_arriving,
    only=Q(kind=KIND),
)
