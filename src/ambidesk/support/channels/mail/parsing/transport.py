"""Transport: a parsed mail as bytes between the parser process and its parent.

JSON for all but the contents of files, which follow it in order; nothing that is read back can
be anything but a ParsedMail.
"""

import json
import struct
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.parsed import (
    Address,
    Attachment,
    Bounce,
    BounceAction,
    FailedRecipient,
    Invitation,
    MailKind,
    Original,
    ParsedMail,
)

_LENGTH: Final = struct.Struct(">I")


def pack(mail: ParsedMail) -> bytes:
    """Return the mail as bytes."""
    contents = [attachment.content for attachment in mail.attachments]
    emptied = tuple(replace(attachment, content=b"") for attachment in mail.attachments)
    plain = asdict(replace(mail, attachments=emptied))
    for attachment, content in zip(plain["attachments"], contents, strict=True):
        attachment["content"] = len(content)
    head = json.dumps(plain, default=datetime.isoformat).encode("ascii")
    return b"".join([_LENGTH.pack(len(head)), head, *contents])


def unpack(data: bytes) -> ParsedMail:
    """
    Return the mail that `pack` made bytes of.

    Raises:
        ValueError: they are of another form.
    """
    try:
        (length,) = _LENGTH.unpack_from(data)
        at = _LENGTH.size + length
        plain: dict[str, Any] = json.loads(data[_LENGTH.size : at])
        plain["attachments"] = _attachments(plain["attachments"], memoryview(data)[at:])
        return _mail(plain)
    except (struct.error, KeyError, TypeError) as fault:
        raise ValueError("not a packed mail") from fault


def _attachments(plain: list[dict[str, Any]], contents: memoryview) -> tuple[Attachment, ...]:
    found: list[Attachment] = []
    at = 0
    for fields in plain:
        size = fields.pop("content")
        found.append(Attachment(**fields, content=bytes(contents[at : at + size])))
        at += size
    return tuple(found)


def _mail(plain: dict[str, Any]) -> ParsedMail:
    for name in ("senders", "to", "cc", "reply_to", "delivered_to"):
        plain[name] = _addresses(plain[name])
    plain["references"] = tuple(plain["references"])
    plain["authentication_results"] = tuple(plain["authentication_results"])
    plain["date"] = _instant(plain["date"])
    plain["kind"] = MailKind(plain["kind"])
    plain["defects"] = tuple(map(Defect, plain["defects"]))
    plain["bounce"] = _bounce(plain["bounce"]) if plain["bounce"] else None
    plain["invitation"] = Invitation(**plain["invitation"]) if plain["invitation"] else None
    plain["originals"] = tuple(map(_original, plain["originals"]))
    return ParsedMail(**plain)


def _addresses(plain: list[dict[str, str]]) -> tuple[Address, ...]:
    return tuple(Address(**fields) for fields in plain)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _bounce(plain: dict[str, Any]) -> Bounce:
    recipients = tuple(
        FailedRecipient(**{**fields, "action": BounceAction(fields["action"])})
        for fields in plain["recipients"]
    )
    return Bounce(recipients=recipients, original_message_id=plain["original_message_id"])


def _original(plain: dict[str, Any]) -> Original:
    return Original(
        **{
            **plain,
            "senders": _addresses(plain["senders"]),
            "to": _addresses(plain["to"]),
            "date": _instant(plain["date"]),
        }
    )
