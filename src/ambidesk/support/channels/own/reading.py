"""Reading what a channel of one's own brings; pure, so that it can be read again."""

import json
import re
from typing import Any, Final

from ambidesk.support.channels.contract.documents import document_of, instant_of
from ambidesk.support.channels.contract.inbound import FileRef, Item, Sender, Spoken, Unreadable
from ambidesk.support.channels.own.manifest import KIND

NAME: Final = re.compile(r"[!-~]{1,200}")
MOST_FILES: Final = 10


def item_of(said: dict[str, Any], *, address: str, now_ms: int) -> Item:
    """
    Make a raw item of one message; what it does not say of its time is now.

    Raises:
        Unreadable: it names no sender, or itself not.
    """
    key, sender = said.get("id"), said.get("sender")
    who = sender.get("id") if isinstance(sender, dict) else None
    if not (_is_name(key) and _is_name(who)):
        raise Unreadable
    whole = {"said_at_ms": now_ms, **said, "channel": address}
    raw = json.dumps(whole, ensure_ascii=False).encode(errors="replace")
    return Item(key=str(key), raw=raw, sender=f"{KIND}:{address}:{who}")


def spoken_in(raw: bytes) -> Spoken:
    """
    Read a raw item.

    Raises:
        Unreadable: it cannot be understood.
    """
    said = document_of(raw)
    address, sender = said.get("channel"), said.get("sender")
    if not isinstance(sender, dict) or not (
        _is_name(said.get("id")) and _is_name(sender.get("id"))
    ):
        raise Unreadable
    value = f"{KIND}:{address}:{sender['id']}"
    files = said.get("files") or []
    if not isinstance(files, list) or len(files) > MOST_FILES:
        raise Unreadable
    return Spoken(
        sender=Sender(
            value=value,
            name=_text(sender, "name")[:200],
            language=_text(sender, "language")[:2],
        ),
        talk=value,
        external_id=f"{address}:{said['id']}",
        text=_text(said, "text"),
        said_at=instant_of(said.get("said_at_ms"), per_second=1000),
        files=tuple(_file(each) for each in files),
    )


def _file(given: object) -> FileRef:
    if not isinstance(given, dict):
        raise Unreadable
    # The content itself is the handle: nobody else keeps it.
    return FileRef(handle=_text(given, "content"), name=_text(given, "name")[:200] or "file")


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise Unreadable
    return value


def _is_name(given: object) -> bool:
    return isinstance(given, str) and NAME.fullmatch(given) is not None
