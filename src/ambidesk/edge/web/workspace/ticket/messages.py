"""Messages as they are read: what is new in them first, the rest folded, delivery told in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.icons import WAYS
from ambidesk.edge.web.workspace.ticket.markup import has_remote, is_complex, simple
from ambidesk.ground.files.content import RASTERS
from ambidesk.support.channels.contract.registry import connector_of
from ambidesk.support.conversations.envelope import Envelope
from ambidesk.support.conversations.models import (
    Delivery,
    DeliveryState,
    Direction,
    Message,
    MessageKind,
)

# A page holds many messages: of a very long one it shows the beginning, the original has the rest.
MOST_SIGNS = 20_000
# Longer markup is read in its frame, which is loaded only when it is scrolled to.
MOST_MARKUP = 100_000
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How far a message of ours got with one recipient."""

    id: int
    address: str
    state: str
    label: str
    due_at: datetime
    words: str
    attempts: int

    def can_withdraw(self, at: datetime) -> bool:
        """Nobody has tried to send it yet."""
        return self.state == DeliveryState.WAITING and self.due_at > at and not self.attempts

    @property
    def is_bad(self) -> bool:
        """It did not arrive."""
        return self.state in {DeliveryState.REFUSED, DeliveryState.BOUNCED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file of a message; a picture told by content can be shown in place."""

    key: str
    name: str
    size_bytes: int
    is_picture: bool
    is_inline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What somebody made of their words later."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """
    A message as it is shown.

    `text` or `markup` is what is new in it, `rest` its quotes and signature; the frame holds it as
    it was sent, and stands in place of both when the message cannot do without.
    """

    id: int
    at: datetime
    is_inbound: bool
    kind: str
    kind_label: str
    name: str
    address: str
    is_verified: bool
    is_automatic: bool
    envelope: Envelope
    text: str
    rest: str
    markup: str
    is_framed: bool
    has_frame: bool
    has_remote: bool
    files: tuple[Enclosed, ...]
    sent: tuple[Sent, ...]
    can_withdraw: bool
    is_cut: bool
    is_first_unread: bool = False
    way: str = "email"
    edits: tuple[Later, ...] = ()
    said_at: datetime | None = None
    # Who spoke where several people share the login.
    speaker: str = ""

    @property
    def is_talk(self) -> bool:
        """It was said in a messenger or a chat, not written as a mail."""
        return self.way not in {"email", "hand"}

    @property
    def way_name(self) -> str:
        """The channel in a word."""
        connector = connector_of(self.way)
        return str(connector.manifest.title) if connector else ""

    @property
    def way_icon(self) -> str:
        """The icon of its channel."""
        return WAYS.get(self.way, WAYS["other"])

    @property
    def pictures(self) -> tuple[Enclosed, ...]:
        """What is shown in place."""
        return tuple(file for file in self.files if file.is_picture)

    @property
    def papers(self) -> tuple[Enclosed, ...]:
        """What is only named."""
        return tuple(file for file in self.files if not file.is_picture)


def read_message(
    message: Message,
    *,
    enclosed: Iterable[Facts],
    handed: Iterable[Facts],
    edited: Iterable[Facts] = (),
    at: datetime,
) -> Utterance:
    """Show one message with its files and how far it got."""
    envelope = Envelope.read(message.envelope)
    inbound = message.direction == Direction.INBOUND
    new = message.new_text or message.text
    rest = rest_of(message.text, new)
    complex_ = inbound and (len(message.html) > MOST_MARKUP or is_complex(message.html))
    framed = complex_ and not rest
    files = tuple(_enclosed(each) for each in enclosed)
    sent = tuple(_sent(each) for each in handed)
    return Utterance(
        id=message.pk,
        at=message.recorded_at,
        is_inbound=inbound,
        kind=message.kind,
        kind_label=str(MessageKind(message.kind).label),
        name=_name(message, envelope),
        address=_address(message),
        is_verified=message.sender_verified or not inbound,
        is_automatic=message.automatic,
        envelope=envelope,
        text=new[:MOST_SIGNS],
        rest=rest[:MOST_SIGNS],
        markup="" if framed or (inbound and rest) else simple(message.html),
        is_framed=framed,
        has_frame=complex_,
        has_remote=complex_ and has_remote(message.html),
        files=tuple(each for each in files if not each.is_inline or not framed),
        sent=sent,
        can_withdraw=bool(sent) and all(each.can_withdraw(at) for each in sent),
        is_cut=max(len(new), len(rest)) > MOST_SIGNS,
        way=message.thread.channel.kind,
        edits=tuple(_later(each) for each in edited),
        said_at=message.sent_at if inbound else None,
        speaker=message.spoken_by,
    )


def in_order(said: Iterable[Utterance]) -> list[Utterance]:
    """
    Put messages in the order in which they are read: as they came, the oldest first.

    What a messenger brought late stands among the other words of its time, but never above an
    answer that was given without it.
    """
    ordered: list[Utterance] = []
    for is_talk, group in groupby(sorted(said, key=_came), key=_is_their_talk):
        run = list(group)
        moments = [each.at for each in run]
        if is_talk:
            run.sort(key=_spoken)
        ordered += [replace(each, at=at) for each, at in zip(run, moments, strict=True)]
    return ordered


def _came(each: Utterance) -> tuple[datetime, int]:
    return each.at, each.id


def _is_their_talk(each: Utterance) -> bool:
    return each.is_inbound and each.is_talk


def _spoken(each: Utterance) -> tuple[datetime, int]:
    return each.said_at or each.at, each.id


def _later(row: Facts) -> Later:
    return Later(at=datetime.fromisoformat(row["at"]), text=row["text"])


def _address(message: Message) -> str:
    if message.sender is None:
        return ""
    return message.sender.value if message.sender.kind == "email" else message.sender.display


def rest_of(text: str, new: str) -> str:
    """Give what stands around the new words of a message: its quotes and its signature."""
    text, new = text.strip(), new.strip()
    if text == new:
        return ""
    before, found, after = text.partition(new) if new else ("", "", text)
    return f"{before.rstrip()}\n\n{after.lstrip()}".strip() if found or not new else text


def _enclosed(row: Facts) -> Enclosed:
    return Enclosed(
        key=row["key"],
        name=row["name"],
        size_bytes=row["size"],
        is_picture=row["type"] in RASTERS,
        is_inline=row["inline"],
    )


def _name(message: Message, envelope: Envelope) -> str:
    if message.author:
        return message.author.name or message.author.email
    if envelope.sender:
        return envelope.sender[0].label
    if message.sender:
        return message.sender.name or message.sender.value
    return "" if message.direction == Direction.INBOUND else _("Ambidesk")


def _words(row: Facts) -> str:
    said = {name: row[name] for name in ("trouble", "status", "last_error")}
    return Delivery(**said).words if any(said.values()) else ""


def _sent(row: Facts) -> Sent:
    return Sent(
        id=row["id"],
        address=row["address"] if row["way"] == "email" else row["display"],
        state=row["state"],
        label=str(DeliveryState(row["state"]).label),
        due_at=datetime.fromisoformat(row["due_at"]),
        words=_words(row),
        attempts=row["attempts"],
    )
