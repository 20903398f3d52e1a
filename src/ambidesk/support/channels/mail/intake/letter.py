"""Letters: a parsed mail in the desk's words: who, to whom, by which proofs, how far to trust."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.parties.people.meeting import Caller
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.people.normalising import NotAnAddress, normal_email
from ambidesk.support.channels.mail.addressing import Directory
from ambidesk.support.channels.mail.parsing.parsed import Address, ParsedMail
from ambidesk.support.conversations.envelope import Envelope, Named
from ambidesk.support.conversations.models import Channel, IntakeItem

# Source: RFC 2606 and 6761: nothing is ever delivered there.
NOBODY: Final = Caller(kind=IdentityKind.EMAIL, value="unknown@sender.invalid")
MOST_COPIED: Final = 20
MOST_REFERENCES: Final = 20
# A date that no mail of this desk can have is a fault of the sender's clock.
EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD: Final = timedelta(days=1)
_LOOP: Final = re.compile(rb"^x-loop:[ \t]*([^\r\n]{1,320})", re.IGNORECASE | re.MULTILINE)
_HEADER_BYTES: Final = 100 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """
    One mail at the desk.

    `sender` is NOBODY where no address can be made out; `references` has the nearest first.
    """

    item: IntakeItem = field(repr=False)
    channel: Channel
    mail: ParsedMail = field(repr=False)
    sender: Caller
    is_verified: bool
    is_from_us: bool
    has_been_here: bool
    copied: tuple[Caller, ...]
    tokens: tuple[str, ...]
    references: tuple[str, ...]

    @property
    def sent_at(self) -> datetime:
        """When it was written, as far as that can be believed."""
        told, received = self.mail.date, self.item.received_at
        if told is None or told.tzinfo is None or not EARLIEST <= told <= received + AHEAD:
            return received
        return told

    @property
    def envelope(self) -> Envelope:
        """Who is named on it, as it was written."""
        mail = self.mail
        return Envelope(
            sender=_named(mail.senders),
            to=_named(mail.to),
            cc=_named(mail.cc),
            reply_to=_named(mail.reply_to),
        )


def letter_of(
    item: IntakeItem,
    mail: ParsedMail,
    *,
    raw: bytes,
    channels: Mapping[int, Channel],
    directory: Directory,
) -> Letter:
    """Read a mail in the desk's words."""
    channel = channels[item.channel_id]
    sender = _sender(mail)
    is_verified = mail.sender_verified and sender is not NOBODY
    trusts_copies = is_verified and not mail.is_automatic
    return Letter(
        item=item,
        channel=channel,
        mail=mail,
        sender=sender,
        is_verified=is_verified,
        is_from_us=directory.find(sender.value) is not None,
        has_been_here=_loops(raw, directory),
        copied=tuple(_copied(mail, sender, directory)) if trusts_copies else (),
        tokens=tuple(dict.fromkeys(_tokens(item, mail, channel, directory=directory))),
        references=_references(mail),
    )


def _sender(mail: ParsedMail) -> Caller:
    return next((caller for each in mail.senders if (caller := _caller(each))), NOBODY)


def _caller(address: Address) -> Caller | None:
    try:
        value = normal_email(storable(address.address))
    except NotAnAddress:
        return None
    return Caller(
        kind=IdentityKind.EMAIL,
        value=value,
        name=one_line(address.name, 200),
        display=storable(address.address)[:320],
    )


def _copied(mail: ParsedMail, sender: Caller, directory: Directory) -> Iterator[Caller]:
    """Name the others on it, as far as they are not the desk itself."""
    found: dict[str, Caller] = {}
    for address in (*mail.to, *mail.cc):
        caller = _caller(address)
        if caller and caller.value != sender.value and directory.find(caller.value) is None:
            found.setdefault(caller.value, caller)
    yield from list(found.values())[:MOST_COPIED]


def _tokens(
    item: IntakeItem, mail: ParsedMail, channel: Channel, *, directory: Directory
) -> Iterator[str]:
    """Find the reply tokens in the addresses that it came to, of the channel's brand only."""
    told = item.envelope.get("recipients", []) if isinstance(item.envelope, dict) else []
    headers = (*mail.delivered_to, *mail.to, *mail.cc)
    for address in (*map(str, told), *(each.address for each in headers)):
        found = directory.find(address)
        if found and found.token and found.channel.brand_id == channel.brand_id:
            yield found.token


def _references(mail: ParsedMail) -> tuple[str, ...]:
    chain = dict.fromkeys((mail.in_reply_to, *reversed(mail.references)))
    return tuple(storable(each) for each in chain if each and each != mail.message_id)[
        :MOST_REFERENCES
    ]


def _loops(raw: bytes, directory: Directory) -> bool:
    """Say whether a loop mark of ours is on it."""
    head = raw[:_HEADER_BYTES].partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    return any(
        directory.find(mark.decode("ascii", "replace")) is not None for mark in _LOOP.findall(head)
    )


def _named(addresses: Iterable[Address]) -> tuple[Named, ...]:
    return tuple(
        Named(name=storable(each.name)[:320], address=storable(each.address)[:320])
        for each in addresses
    )
