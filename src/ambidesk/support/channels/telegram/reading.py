"""
Updates in the product's words; pure. Source: core.telegram.org/bots/api, "Update" and "Message".

What has no words, such as a place, is told by a sign and its figures, the same in every language.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
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
from ambidesk.support.channels.telegram.manifest import KIND

Told = Mapping[str, Any]
MAP = "https://www.openstreetmap.org/"


def event_of(raw: bytes) -> Event:
    """
    Read an update.

    Raises:
        Unreadable: it is none.
    """
    update = document_of(raw)
    match update:
        case {"message": dict(message)}:
            return _spoken(message)
        case {"edited_message": dict(message)}:
            return _edited(message)
        case {"callback_query": dict(query)}:
            return _pressed(query)
        case {"my_chat_member": dict(change)}:
            return _membership(change)
        case {"update_id": int()}:
            return Ignored(why="other-update")
    raise Unreadable


def sender_in(update: Told) -> str:
    """The identity that an update is about; "" for none."""
    for name in ("message", "edited_message", "callback_query", "my_chat_member"):
        match update.get(name):
            case {"from": {"id": int(number)}}:
                return f"{KIND}:{number}"
    return ""


def _spoken(message: Told) -> Event:
    if (message.get("chat") or {}).get("type") != "private":
        return Ignored(why="group")
    if (message.get("from") or {}).get("is_bot"):
        return Ignored(why="bot")
    sender, text = _sender(message["from"]), str(message.get("text", ""))
    command, _space, token = text.partition(" ")
    if command == "/start":
        return Started(
            sender=sender,
            talk=sender.value,
            token=token.strip(),
            started_at=instant_of(message["date"]),
        )
    files = tuple(_files(message))
    parts = (text, str(message.get("caption", "")), *_signs(message))
    words = "\n".join(part for part in parts if part)
    if not words and not files:
        return Ignored(why="service-message")
    answered = message.get("reply_to_message") or {}
    return Spoken(
        sender=sender,
        talk=sender.value,
        external_id=_name(sender, message),
        text=words,
        said_at=_said_at(message),
        files=files,
        answers=_name(sender, answered) if answered else "",
        album=str(message.get("media_group_id") or ""),
    )


def _edited(message: Told) -> Event:
    if (message.get("chat") or {}).get("type") != "private":
        return Ignored(why="group")
    sender = _sender(message["from"])
    words = [str(message.get("text", "")), str(message.get("caption", "")), *_signs(message)]
    return Edited(
        sender=sender,
        talk=sender.value,
        external_id=_name(sender, message),
        text="\n".join(part for part in words if part),
        edited_at=instant_of(message.get("edit_date") or message["date"]),
    )


def _pressed(query: Told) -> Event:
    sender = _sender(query["from"])
    message, value = query.get("message") or {}, str(query.get("data", ""))
    rows = (message.get("reply_markup") or {}).get("inline_keyboard") or []
    labels = [
        str(button.get("text", ""))
        for row in rows
        for button in row
        if button.get("callback_data") == value
    ]
    return Pressed(
        sender=sender,
        talk=sender.value,
        external_id=_name(sender, message) if message else "",
        value=value,
        label=labels[0] if labels else value,
        pressed_at=instant_of(message.get("date") or 0),
        press_id=str(query.get("id", "")),
    )


def _membership(change: Told) -> Event:
    if (change.get("chat") or {}).get("type") != "private":
        return Ignored(why="group")
    status = (change.get("new_chat_member") or {}).get("status")
    if status != "kicked":
        return Ignored(why="came-back")
    sender = _sender(change["from"])
    return Left(sender=sender, talk=sender.value, left_at=instant_of(change["date"]))


def _sender(who: Told) -> Sender:
    name = " ".join(str(who[part]) for part in ("first_name", "last_name") if who.get(part))
    handle = f"@{who['username']}" if who.get("username") else name
    return Sender(
        value=f"{KIND}:{int(who['id'])}",
        name=name,
        display=handle,
        language=str(who.get("language_code") or "")[:2],
    )


def _said_at(message: Told) -> datetime:
    """The messenger counts seconds: numbers of messages order what was said in one of them."""
    order = int(message.get("message_id") or 0) % 1000
    return instant_of(message["date"]) + timedelta(microseconds=order)


def _name(sender: Sender, message: Told) -> str:
    return f"{sender.value}:{message.get('message_id', '')}"


def _files(message: Told) -> Iterator[FileRef]:
    if photos := message.get("photo"):
        largest = max(photos, key=lambda each: each.get("width", 0) * each.get("height", 0))
        yield _file(largest, "photo.jpg", "image/jpeg")
    if voice := message.get("voice"):
        yield _file(voice, "voice.ogg", "audio/ogg")
    if note := message.get("video_note"):
        yield _file(note, "video.mp4", "video/mp4")
    if video := message.get("video"):
        yield _file(video, str(video.get("file_name") or "video.mp4"), "video/mp4")
    if audio := message.get("audio"):
        yield _file(audio, str(audio.get("file_name") or "audio.mp3"), "audio/mpeg")
    if paper := message.get("document"):
        yield _file(paper, str(paper.get("file_name") or "file"), "")
    if (sticker := message.get("sticker")) and not _moves(sticker):
        yield _file(sticker, "sticker.webp", "image/webp")


def _moves(sticker: Told) -> bool:
    return bool(sticker.get("is_animated") or sticker.get("is_video"))


def _file(told: Told, name: str, content_type: str) -> FileRef:
    return FileRef(
        handle=str(told["file_id"]),
        name=name,
        content_type=str(told.get("mime_type") or content_type),
        size_bytes=int(told.get("file_size") or 0),
    )


def _signs(message: Told) -> Iterator[str]:
    if contact := message.get("contact"):
        names = [str(contact[part]) for part in ("first_name", "last_name") if contact.get(part)]
        yield f"👤 {' '.join(names)} {contact.get('phone_number', '')}".strip()
    if venue := message.get("venue"):
        yield f"📍 {venue.get('title', '')}, {venue.get('address', '')}"
    if place := message.get("location"):
        latitude, longitude = place["latitude"], place["longitude"]
        yield f"📍 {latitude}, {longitude} {MAP}?mlat={latitude}&mlon={longitude}"
    if (sticker := message.get("sticker")) and _moves(sticker):
        yield str(sticker.get("emoji") or "🙂")
    if poll := message.get("poll"):
        yield f"📊 {poll.get('question', '')}"
    if dice := message.get("dice"):
        yield f"{dice.get('emoji', '🎲')} {dice.get('value', '')}"
