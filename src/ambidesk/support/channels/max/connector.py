"""The connector of MAX. Source: dev.max.ru/docs-api."""

import json
from collections.abc import Sequence
from datetime import datetime
from hmac import compare_digest
from typing import Any, Final

from ambidesk.support.channels.contract.connector import Access, Profile
from ambidesk.support.channels.contract.documents import document_of
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.contract.inbound import (
    Event,
    FileRef,
    HookCall,
    Item,
    Poll,
    Pressed,
    Unsigned,
)
from ambidesk.support.channels.contract.manifest import Manifest
from ambidesk.support.channels.contract.outbound import Button, Fetched, Piece
from ambidesk.support.channels.max.api import ask, download, upload
from ambidesk.support.channels.max.manifest import MANIFEST
from ambidesk.support.channels.max.reading import event_of, key_of, name_of, sender_in
from ambidesk.support.conversations.models import Trouble

SECRET_HEADER: Final = "x-max-bot-api-secret"  # noqa: S105 a name
OURS: Final = "/hooks/max/"
UPDATES: Final = [
    "message_created",
    "message_edited",
    "message_callback",
    "bot_started",
    "bot_stopped",
    "dialog_removed",
]
POLL_SECONDS, MOST_UPDATES = 10, 100
BUTTONS_IN_ROW: Final = 3
# So many of the last messages of a talk are looked through for one of unknown outcome.
LOOKED_THROUGH: Final = 20


class Max:
    """One kind of channel."""

    @property
    def manifest(self) -> Manifest:
        """What it can do and needs."""
        return MANIFEST

    def probe(self, access: Access) -> Profile:
        """Ask who the bot is."""
        me = ask(access, "GET /me", seconds=10.0)
        name = str(me.get("username") or me["user_id"])
        return Profile(address=f"@{name}", name=str(me.get("first_name") or me.get("name") or ""))

    def listen(self, access: Access, url: str) -> None:
        """Have updates come to the address; without one they wait to be asked for."""
        if url and not url.startswith("https://"):
            raise Failure(Trouble.HOOK_FAILS)
        found = ask(access, "GET /subscriptions", seconds=10.0).get("subscriptions") or ()
        others = [str(each.get("url", "")) for each in found if each.get("url") != url]
        for other in others:
            if OURS in other:
                ask(access, "DELETE /subscriptions", query={"url": other}, seconds=10.0)
            elif not url:
                # While somebody else is called, nobody can ask.
                raise Failure(Trouble.HOOK_TAKEN)
        if url:
            body = {"url": url, "update_types": UPDATES, "secret": access.hook_secret}
            told = ask(access, "POST /subscriptions", body=body, seconds=10.0)
            if not told.get("success", True):
                raise Failure(Trouble.HOOK_FAILS, said=str(told.get("message", ""))[:300])

    def unpack(self, call: HookCall, access: Access) -> Sequence[Item]:
        """Take the one update of a call."""
        given = call.headers.get(SECRET_HEADER, "")
        if not compare_digest(given.encode(), access.hook_secret.encode()):
            raise Unsigned
        return [_item(document_of(call.body), call.body)]

    def poll(self, access: Access, marker: str) -> Poll:
        """Ask for updates after the marker."""
        told = ask(
            access,
            "GET /updates",
            query={
                "marker": marker or None,
                "timeout": POLL_SECONDS,
                "limit": MOST_UPDATES,
                "types": ",".join(UPDATES),
            },
            seconds=POLL_SECONDS + 10.0,
        )
        items = [_item(each, json.dumps(each).encode()) for each in told.get("updates") or ()]
        after = told.get("marker")
        return Poll(items=tuple(items), marker=marker if after is None else str(after))

    def read(self, raw: bytes) -> Event:
        """Read an update."""
        return event_of(raw)

    def fetch(self, file: FileRef, access: Access) -> Fetched:  # noqa: ARG002 the contract
        """Fetch a file from its own address."""
        return Fetched(content=download(file.handle, longest=MANIFEST.largest_in_bytes))

    def send(self, piece: Piece, access: Access) -> str:
        """Send words or a file, which is brought there first."""
        attachments: list[dict[str, Any]] = []
        if piece.file is not None:
            attachments.append(upload(access, piece.file))
        if piece.buttons:
            attachments.append(_keyboard(piece.buttons))
        body = {"text": piece.text or None, "attachments": attachments}
        user = piece.to.partition(":")[2]
        told = ask(access, "POST /messages", query={"user_id": user}, body=body)
        return name_of(piece.talk, told["message"])

    def find(self, piece: Piece, access: Access, *, since: datetime) -> str | None:
        """Look for the piece among the last messages of the talk."""
        chat = piece.after.split(":")[2] if piece.after.count(":") > 1 else ""
        if not chat:
            return None
        query = {"chat_id": chat, "count": LOOKED_THROUGH}
        told = ask(access, "GET /messages", query=query, seconds=10.0)
        began = since.timestamp() * 1000
        for message in told.get("messages") or ():
            is_ours = (message.get("sender") or {}).get("is_bot")
            if is_ours and int(message["timestamp"]) >= began and _says(message, piece):
                return name_of(piece.talk, message)
        return None

    def heed(self, pressed: Pressed, access: Access, *, words: str) -> None:
        """Tell that the press was seen; the message says the words instead."""
        query = {"callback_id": pressed.press_id}
        body: dict[str, Any] = {"message": {"text": words, "attachments": []}} if words else {}
        body = body or {"notification": "✓"}
        ask(access, "POST /answers", query=query, body=body, seconds=5.0)

    def link(self, access: Access, token: str) -> str:
        """A deep link; its payload is at most 128 letters of A-Za-z0-9_-."""
        return f"https://max.ru/{access.address.lstrip('@')}?start={token}"


def _item(update: dict[str, Any], raw: bytes) -> Item:
    return Item(key=key_of(update), raw=raw, sender=sender_in(update))


def _says(message: dict[str, Any], piece: Piece) -> bool:
    body = message.get("body") or {}
    kinds = {str(each.get("type")) for each in body.get("attachments") or ()}
    has_file = bool(kinds & {"image", "file"})
    return (body.get("text") or "") == piece.text and has_file == (piece.file is not None)


def _keyboard(buttons: Sequence[Button]) -> dict[str, Any]:
    told = [
        {"type": "link", "text": each.label, "url": each.url}
        if each.url
        else {"type": "callback", "text": each.label, "payload": each.value}
        for each in buttons
    ]
    rows = [told[at : at + BUTTONS_IN_ROW] for at in range(0, len(told), BUTTONS_IN_ROW)]
    return {"type": "inline_keyboard", "payload": {"buttons": rows}}
