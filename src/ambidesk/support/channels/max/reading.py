"""
Updates in the product's words; pure. Source: dev.max.ru/docs-api/objects/Update.

Instants are milliseconds; updates have no numbers: their keys are what is unique in them.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from ambidesk.support.channels.contract.documents import document_of, instant_of
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
    """What an update is known by; one of no known shape by all that it says."""
    told_at = update.get("timestamp")
    match update:
        case {"update_type": "message_created", "message": {"body": {"mid": str(name)}}}:
            return f"message_created:{name}"
        case {"update_type": "message_edited", "message": {"body": {"mid": str(name)}}}:
            return f"message_edited:{name}:{told_at}"
        case {"update_type": "message_callback", "callback": {"callback_id": name, **more}}:
            return f"message_callback:{name}:{more.get('timestamp')}"
        case {"update_type": str(kind), "chat_id": int(chat), "user": {"user_id": int(who)}}:
            return f"{kind}:{chat}:{who}:{told_at}"
    plain = json.dumps(update, sort_keys=True).encode()
    return f"other:{sha256(plain).hexdigest()}"


def sender_in(update: Told) -> str:
    """The identity that an update is about; "" for none."""
    match update:
        case {"callback": {"user": {"user_id": int(number)}}}:
            return f"{KIND}:{number}"
        case {"message": {"sender": {"user_id": int(number)}}}:
            return f"{KIND}:{number}"
        case {"user": {"user_id": int(number)}}:
            return f"{KIND}:{number}"
    return ""


def event_of(raw: bytes) -> Event:
    """
    Read an update.

    Raises:
        Unreadable: it is none.
    """
    update = document_of(raw)
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
                started_at=instant_of(update["timestamp"], per_second=1000),
            )
        case {"update_type": kind, "user": dict(user)} if kind in LEAVING:
            sender = _sender(user, update)
            return Left(
                sender=sender,
                talk=sender.value,
                left_at=instant_of(update["timestamp"], per_second=1000),
            )
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
        said_at=instant_of(message["timestamp"], per_second=1000),
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
        edited_at=instant_of(update["timestamp"], per_second=1000),
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
        pressed_at=instant_of(callback["timestamp"], per_second=1000),
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
