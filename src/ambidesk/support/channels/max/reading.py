"""
Updates in the product's words; pure. Source: dev.max.ru/docs-api/objects/Update.

Instants are milliseconds; updates have no numbers: their keys are what is unique in them.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from ambidesk.support.channels.contract.inbound import (
    Edited,
    Event,
    FileRef,
    Ignored,
    Left,
    Pressed,
    Sender,
    Spoken,
    Started,
    Unreadable,
)
from ambidesk.support.channels.max.manifest import KIND

Told = Mapping[str, Any]
MAP = "https://www.openstreetmap.org/"
KINDS = {
    "image": ("photo.jpg", "image/jpeg"),
    "video": ("video.mp4", "video/mp4"),
    "audio": ("voice.m4a", "audio/mp4"),
    "file": ("file", ""),
    "sticker": ("sticker.webp", "image/webp"),
}
LEAVING = {"bot_stopped", "dialog_removed"}


def key_of(update: Told) -> str:
    """What an update is known by."""
    kind, told_at = str(update["update_type"]), int(update["timestamp"])
    body = (update.get("message") or {}).get("body") or {}
    match kind:
        case "message_created":
            return f"{kind}:{body['mid']}"
        case "message_edited":
            return f"{kind}:{body['mid']}:{told_at}"
        case "message_callback":
            return f"{kind}:{update['callback']['callback_id']}:{update['callback']['timestamp']}"
        case _:
            who = (update.get("user") or {}).get("user_id", update.get("user_id", ""))
            return f"{kind}:{update.get('chat_id', '')}:{who}:{told_at}"


def sender_in(update: Told) -> str:
    """The identity that an update is about; "" for none."""
    message, callback = update.get("message") or {}, update.get("callback") or {}
    who = callback.get("user") or message.get("sender") or update.get("user") or {}
    return f"{KIND}:{who['user_id']}" if who.get("user_id") else ""


def event_of(raw: bytes) -> Event:
    """
    Read an update.

    Raises:
        Unreadable: it is none.
    """
    update = json.loads(raw)
    match update:
        case {"update_type": "message_created", "message": dict(message)}:
            return _spoken(update, message)
        case {"update_type": "message_edited", "message": dict(message)}:
            return _edited(update, message)
        case {"update_type": "message_callback", "callback": dict(callback)}:
            return _pressed(update, callback)
        case {"update_type": "bot_started", "user": dict(user)}:
            sender = _sender(user, update)
            return Started(
                sender=sender,
                talk=sender.value,
                token=str(update.get("payload") or ""),
                started_at=_instant(update["timestamp"]),
            )
        case {"update_type": kind, "user": dict(user)} if kind in LEAVING:
            sender = _sender(user, update)
            return Left(sender=sender, talk=sender.value, left_at=_instant(update["timestamp"]))
        case {"update_type": str()}:
            return Ignored(why="other-update")
    raise Unreadable


def _spoken(update: Told, message: Told) -> Event:
    if _is_elsewhere(message):
        return Ignored(why="group")
    if (message.get("sender") or {}).get("is_bot"):
        return Ignored(why="bot")
    sender, body = _sender(message["sender"], update), message.get("body") or {}
    link = message.get("link") or {}
    forwarded = (link.get("message") or {}) if link.get("type") == "forward" else {}
    parts = (body, forwarded)
    files = tuple(file for part in parts for file in _files(part))
    words = [str(part.get("text") or "") for part in parts]
    words += [sign for part in parts for sign in _signs(part)]
    text = "\n".join(word for word in words if word)
    if not text and not files:
        return Ignored(why="service-message")
    answered = (link.get("message") or {}).get("mid") if link.get("type") == "reply" else None
    return Spoken(
        sender=sender,
        talk=sender.value,
        external_id=name_of(sender.value, message),
        text=text,
        said_at=_instant(message["timestamp"]),
        files=files,
        answers=f"{sender.value}:{_chat(message)}:{answered}" if answered else "",
    )


def _edited(update: Told, message: Told) -> Event:
    if _is_elsewhere(message) or (message.get("sender") or {}).get("is_bot"):
        return Ignored(why="group")
    sender, body = _sender(message["sender"], update), message.get("body") or {}
    words = [str(body.get("text") or ""), *_signs(body)]
    return Edited(
        sender=sender,
        talk=sender.value,
        external_id=name_of(sender.value, message),
        text="\n".join(word for word in words if word),
        edited_at=_instant(update["timestamp"]),
    )


def _pressed(update: Told, callback: Told) -> Event:
    sender, value = _sender(callback["user"], update), str(callback.get("payload") or "")
    message = update.get("message") or {}
    labels = [
        str(button.get("text", ""))
        for attached in (message.get("body") or {}).get("attachments") or ()
        if attached.get("type") == "inline_keyboard"
        for row in (attached.get("payload") or {}).get("buttons") or ()
        for button in row
        if button.get("payload") == value
    ]
    return Pressed(
        sender=sender,
        talk=sender.value,
        external_id=name_of(sender.value, message) if message else "",
        value=value,
        label=labels[0] if labels else value,
        pressed_at=_instant(callback["timestamp"]),
        press_id=str(callback["callback_id"]),
    )


def name_of(talk: str, message: Told) -> str:
    """The name of a message; it holds the chat, by which the messenger can be asked later."""
    return f"{talk}:{_chat(message)}:{(message.get('body') or {}).get('mid', '')}"


def _chat(message: Told) -> str:
    return str((message.get("recipient") or {}).get("chat_id") or "")


def _is_elsewhere(message: Told) -> bool:
    return (message.get("recipient") or {}).get("chat_type") != "dialog"


def _sender(who: Told, update: Told) -> Sender:
    name = " ".join(str(who[part]) for part in ("first_name", "last_name") if who.get(part))
    name = name or str(who.get("name") or "")
    return Sender(
        value=f"{KIND}:{int(who['user_id'])}",
        name=name,
        display=f"@{who['username']}" if who.get("username") else name,
        language=str(update.get("user_locale") or "")[:2],
    )


def _instant(milliseconds: object) -> datetime:
    return datetime.fromtimestamp(int(str(milliseconds)) / 1000, UTC)


def _files(body: Told) -> Iterator[FileRef]:
    for attached in body.get("attachments") or ():
        kind, payload = str(attached.get("type")), attached.get("payload") or {}
        if kind in KINDS and payload.get("url"):
            name, content_type = KINDS[kind]
            yield FileRef(
                handle=str(payload["url"]),
                name=str(attached.get("filename") or name),
                content_type=content_type,
                size_bytes=int(attached.get("size") or 0),
            )


def _signs(body: Told) -> Iterator[str]:
    for attached in body.get("attachments") or ():
        payload = attached.get("payload") or {}
        match attached.get("type"):
            case "location":
                latitude, longitude = attached["latitude"], attached["longitude"]
                yield f"📍 {latitude}, {longitude} {MAP}?mlat={latitude}&mlon={longitude}"
            case "contact":
                told = payload.get("max_info") or {}
                name = told.get("first_name") or told.get("name") or ""
                yield f"👤 {name} {_phone(str(payload.get('vcf_info') or ''))}".strip()
            case "share" if payload.get("url"):
                yield str(payload["url"])


def _phone(card: str) -> str:
    lines = (line.partition(":") for line in card.splitlines())
    return next((value.strip() for head, _colon, value in lines if head.startswith("TEL")), "")
