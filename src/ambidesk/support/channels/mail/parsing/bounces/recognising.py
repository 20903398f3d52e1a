"""Recognising bounces: from reports that machines write for machines, then from their words."""

import re
from dataclasses import replace
from typing import Final

from ambidesk.support.channels.mail.parsing.bounces.notices import (
    Notice,
    is_machine,
    read_notice,
)
from ambidesk.support.channels.mail.parsing.bounces.recipients import recipients_in, told_part
from ambidesk.support.channels.mail.parsing.bounces.reports import read_report
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.headers.addresses import read_addresses
from ambidesk.support.channels.mail.parsing.headers.fields import Fields, read_fields
from ambidesk.support.channels.mail.parsing.headers.identifiers import read_identifier
from ambidesk.support.channels.mail.parsing.parsed import (
    Address,
    Bounce,
    BounceAction,
    FailedRecipient,
)
from ambidesk.support.channels.mail.parsing.structure.tree import Part, read_tree

_REPORTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED: Final = frozenset(
    {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global"}
    | {"message/global-headers"}
)
_STATUS: Final = re.compile(r"(?<![\d.])([45]\.\d{1,2}\.\d{1,3})(?![\d.])")
_REPLY_CODE: Final = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -])[ -].{3,}")
_MESSAGE_ID: Final = re.compile(
    r"^>?\s{0,4}message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE
)
_ADDRESS: Final = re.compile(r"(?<![^\s,<>])[^\s,<>]+@[^\s,<>]+")
_READ_CHARACTERS: Final = 20_000
_WORD_CHARACTERS: Final = 320
_LONG_WORD: Final = re.compile(rf"\S{{{_WORD_CHARACTERS},}}")
_DIAGNOSTIC_CHARACTERS: Final = 1_000
_INSIDE_BYTES: Final = 200_000


def read_bounce(root: Part, senders: tuple[Address, ...], *, text: str) -> Bounce | None:
    """Return what a mail reports about mail of ours that was not delivered, None if nothing."""
    text = _LONG_WORD.sub(lambda word: word[0][:_WORD_CHARACTERS], text[:_READ_CHARACTERS])
    leaves = root.leaves()
    fields = root.fields
    reported = _reported(leaves)
    returned = any(leaf.content_type in _RETURNED for leaf in leaves)
    notice = read_notice(fields, senders, text=text, returns_mail=returned)
    if not reported and notice is not None:
        reported = _reported_inside(leaves)
    if not reported:
        reported = (
            _named_in_header(fields, text)
            or _told(fields, senders, text=text, notice=notice)
            or _returned_to(leaves, text, notice=notice)
        )
    if not reported and not (notice and notice.is_by_machine):
        return None
    return Bounce(recipients=tuple(reported), original_message_id=_original_id(leaves, text))


def _reported(leaves: list[Part]) -> list[FailedRecipient]:
    found: list[FailedRecipient] = []
    for leaf in leaves:
        if leaf.content_type in _REPORTS:
            found += read_report(leaf.content(Findings()))
    return found


def _reported_inside(leaves: list[Part]) -> list[FailedRecipient]:
    """Look for a report in an enclosed mail: some gateways wrap the whole notice."""
    for leaf in leaves:
        if leaf.content_type == "message/rfc822":
            inside = read_tree(leaf.content(Findings())[:_INSIDE_BYTES], Findings())
            if found := _reported(inside.leaves()):
                return found
    return []


def _named_in_header(fields: Fields, text: str) -> list[FailedRecipient]:
    """Read `X-Failed-Recipients`, as Exim and Gmail write it."""
    named = _ADDRESS.findall(" ".join(fields.raw_all("x-failed-recipients")))
    if not named:
        return []
    told = _details(text)
    return [replace(told, address=address) for address in named]


def _told(
    fields: Fields, senders: tuple[Address, ...], *, text: str, notice: Notice | None
) -> list[FailedRecipient]:
    if notice is None:
        return []
    own = frozenset(
        [one.address.lower() for one in senders]
        + _ADDRESS.findall(" ".join(fields.raw_all("to")).lower())
    )
    named = recipients_in(text, own=own, domain=_domain(senders) if notice.is_by_machine else "")
    action = BounceAction.DELAYED if notice.is_delay else BounceAction.FAILED
    told = replace(_details(text), action=action)
    return [replace(told, address=address) for address in named]


def _returned_to(leaves: list[Part], text: str, *, notice: Notice | None) -> list[FailedRecipient]:
    """Take the one recipient of the mail that came back, where the notice names nobody."""
    if notice is None or not notice.is_by_machine:
        return []
    for leaf in leaves:
        if leaf.content_type in _RETURNED:
            fields = read_fields(memoryview(leaf.content(Findings())), Findings())
            named = read_addresses(fields.raw("to"), Findings())
            if len(named) == 1 and named[0].address:
                return [replace(_details(text), address=named[0].address)]
    return []


def _domain(senders: tuple[Address, ...]) -> str:
    """Return the registered domain of the mail system, roughly: its last two labels."""
    host = senders[0].address.rpartition("@")[2].lower() if senders else ""
    return ".".join(host.split(".")[-2:])


def _details(text: str) -> FailedRecipient:
    told = told_part(text)
    status = _STATUS.search(told)
    reply = _REPLY_CODE.search(told)
    code = status[1] if status else (f"{reply[1][0]}.0.0" if reply else "")
    diagnostic = " ".join((reply[0] if reply else "").split())[:_DIAGNOSTIC_CHARACTERS]
    return FailedRecipient(address="", status=code, diagnostic=diagnostic)


def _original_id(leaves: list[Part], text: str) -> str:
    """Return the Message-ID of the mail that came back, from its copy or its headers."""
    for leaf in leaves:
        if leaf.content_type in _RETURNED:
            fields = read_fields(memoryview(leaf.content(Findings())), Findings())
            if found := read_identifier(fields.raw("message-id")):
                return found
    written = _MESSAGE_ID.search(text)
    return read_identifier(written[1]) if written else ""


def is_by_machine(fields: Fields, senders: tuple[Address, ...]) -> bool:
    """Tell whether a mail system and no person or program of a person sent this."""
    return is_machine(fields, senders)
