"""The connector of Telegram. Source: core.telegram.org/bots/api."""

import json
from collections.abc import Sequence
from datetime import datetime
from hmac import compare_digest
from typing import Any, Final

from ambidesk.ground.egress.forms import Enclosed
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
    Unreadable,
    Unsigned,
)
from ambidesk.support.channels.contract.manifest import Manifest
from ambidesk.support.channels.contract.outbound import Button, Fetched, Piece
from ambidesk.support.channels.telegram.api import ask, bot_of, download
from ambidesk.support.channels.telegram.manifest import LARGEST_PICTURE_BYTES, MANIFEST
from ambidesk.support.channels.telegram.reading import event_of, sender_in
from ambidesk.support.conversations.models import Trouble

SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 a name
UPDATES: Final = ["message", "edited_message", "callback_query", "my_chat_member"]
# How long the messenger holds a question back until something comes.
POLL_SECONDS, MOST_UPDATES = 10, 100
BUTTONS_IN_ROW: Final = 5


class Telegram:
    """One kind of channel."""

    @property
    def manifest(self) -> Manifest:
        """What it can do and needs."""
        return MANIFEST

    def probe(self, access: Access) -> Profile:
        """Ask who the bot is."""
        me = ask(access, "getMe", seconds=10.0)
        return Profile(address=f"@{me['username']}", name=str(me.get("first_name") or ""))

    def listen(self, access: Access, url: str) -> None:
        """Have updates come to the address; without one they wait to be asked for."""
        if not url:
            ask(access, "deleteWebhook", seconds=10.0)
            return
        if not url.startswith("https://"):
            raise Failure(Trouble.HOOK_FAILS)
        try:
            ask(
                access,
                "setWebhook",
                seconds=10.0,
                url=url,
                secret_token=access.hook_secret,
                allowed_updates=UPDATES,
            )
        except Failure as failure:
            if failure.trouble is Trouble.REJECTED:
                raise Failure(Trouble.HOOK_FAILS, said=failure.said) from failure
            raise

    def unpack(self, call: HookCall, access: Access) -> Sequence[Item]:
        """Take the one update of a call."""
        given = call.headers.get(SECRET_HEADER, "")
        if not compare_digest(given.encode(), access.hook_secret.encode()):
            raise Unsigned
        return [_item(document_of(call.body), call.body, access)]

    def poll(self, access: Access, marker: str) -> Poll:
        """Ask for updates after the last one."""
        updates: list[dict[str, Any]] = ask(
            access,
            "getUpdates",
            seconds=POLL_SECONDS + 10.0,
            offset=int(marker) if marker else None,
            timeout=POLL_SECONDS,
            limit=MOST_UPDATES,
            allowed_updates=UPDATES,
        )
        items = [_item(each, json.dumps(each).encode(), access) for each in updates]
        last = max((int(each["update_id"]) for each in updates), default=None)
        return Poll(items=tuple(items), marker=marker if last is None else str(last + 1))

    def read(self, raw: bytes) -> Event:
        """Read an update."""
        return event_of(raw)

    def fetch(self, file: FileRef, access: Access) -> Fetched:
        """Fetch a file: its path first, then its content."""
        told = ask(access, "getFile", file_id=file.handle)
        path = str(told["file_path"])
        return Fetched(content=download(access, path, longest=MANIFEST.largest_in_bytes))

    def send(self, piece: Piece, access: Access) -> str:
        """Send words or a file."""
        chat = int(piece.to.partition(":")[2])
        markup = _keyboard(piece.buttons)
        if piece.file is None:
            sent = ask(access, "sendMessage", chat_id=chat, text=piece.text, reply_markup=markup)
            return f"{piece.to}:{sent['message_id']}"
        small = len(piece.file.content) <= LARGEST_PICTURE_BYTES
        is_picture = piece.file.is_picture and small
        method, name = ("sendPhoto", "photo") if is_picture else ("sendDocument", "document")
        enclosed = Enclosed(
            part=name,
            name=piece.file.name or "file",
            content_type=piece.file.content_type,
            content=piece.file.content,
        )
        sent = ask(
            access,
            method,
            files=[enclosed],
            seconds=90.0,
            chat_id=chat,
            caption=piece.text or None,
            reply_markup=markup,
        )
        return f"{piece.to}:{sent['message_id']}"

    def find(self, piece: Piece, access: Access, *, since: datetime) -> str | None:  # noqa: ARG002
        """The Bot API does not tell what a bot sent."""
        return None

    def heed(self, pressed: Pressed, access: Access, *, words: str) -> None:
        """End the waiting sign on the button; the message says the words instead."""
        ask(access, "answerCallbackQuery", seconds=5.0, callback_query_id=pressed.press_id)
        number = pressed.external_id.rpartition(":")[2]
        if words and number.isdecimal():
            chat = int(pressed.sender.value.partition(":")[2])
            ask(
                access,
                "editMessageText",
                seconds=5.0,
                chat_id=chat,
                message_id=int(number),
                text=words,
            )

    def link(self, access: Access, token: str) -> str:
        """A deep link; the token is 1 to 64 letters of A-Za-z0-9_-."""
        return f"https://t.me/{access.address.lstrip('@')}?start={token}"


def _item(update: dict[str, Any], raw: bytes, access: Access) -> Item:
    number = update.get("update_id")
    if not isinstance(number, int):
        raise Unreadable
    # Numbers of updates are a bot's own.
    return Item(key=f"{bot_of(access)}:{number}", raw=raw, sender=sender_in(update))


def _keyboard(buttons: Sequence[Button]) -> dict[str, Any] | None:
    if not buttons:
        return None
    told = [
        {"text": each.label, "url": each.url}
        if each.url
        else {"text": each.label, "callback_data": each.value}
        for each in buttons
    ]
    rows = [told[at : at + BUTTONS_IN_ROW] for at in range(0, len(told), BUTTONS_IN_ROW)]
    return {"inline_keyboard": rows}
