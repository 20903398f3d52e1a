"""The simulated MAX: one bot, its people, what they write to it and what it writes to them."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from ambidesk.support.channels.kit.calling import Caller
from ambidesk.support.channels.kit.server import Arrived, Asked, Fault, Reply, Simulator
from ambidesk.support.channels.kit.updates import Updates

TOKEN: Final = "f9LHodD0cOKsd-simulated-token-of-max"  # noqa: S105 the simulator's own
LONGEST_TEXT: Final = 4000
PER_SECOND, PER_SECOND_IN_TALK = 30, 2
BOT: Final = 900_001
MOST_BUTTONS_IN_ROW: Final = 7
SECRET: Final = "X-Max-Bot-Api-Secret"  # noqa: S105 a name
ME: Final = {
    "user_id": BOT,
    "first_name": "Polka",
    "username": "polka_bot",
    "is_bot": True,
    "name": "Polka",
}
Told = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody with the messenger; a bot reaches only who came to it and did not stop it."""

    id: int
    first_name: str
    has_started: bool = False
    has_stopped: bool = False

    @property
    def chat(self) -> int:
        """The dialog between them and the bot."""
        return self.id + 5_000_000

    @property
    def told(self) -> Told:
        """As updates tell of them."""
        return {
            "user_id": self.id,
            "first_name": self.first_name,
            "username": None,
            "is_bot": False,
            "name": self.first_name,
        }


class Refusal(Exception):  # noqa: N818 what the messenger says
    """An error of the Bot API."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.reply = Reply(status=status, value={"code": code, "message": code})


class MaxSimulator(Simulator):
    """
    One bot; its numbers begin after `first`.

    `resolve` maps beginnings of webhook addresses to where they really are in a test.

    Source: dev.max.ru/docs-api.
    """

    def __init__(
        self, *, port: int = 0, first: int = 0, resolve: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(port=port)
        self._first = first
        self.waiting = Updates(_update, first=0)
        self.caller = Caller(self.waiting, header=SECRET, resolve=resolve or {})
        self.people: dict[int, Person] = {}
        self.updates: list[Told] = []
        self.subscriptions: list[Told] = []
        self.heeded: list[str] = []
        self.pressed: dict[str, Arrived] = {}
        self.not_ready = 0
        self._files: dict[str, bytes] = {}
        self._uploads: dict[str, tuple[str, bytes]] = {}
        self._history: list[Told] = []
        self._said: dict[str, Told] = {}
        self._calls: deque[tuple[float, int]] = deque()
        self._number = first

    def person(self, number: int, first_name: str) -> Person:
        """Make somebody."""
        return self.people.setdefault(number, Person(id=number, first_name=first_name))

    def close(self) -> None:
        """End it."""
        self.caller.close()
        super().close()

    # What people do.

    def start(self, person: Person, token: str = "") -> None:
        """Press the start button, perhaps behind a deep link."""
        person.has_started, person.has_stopped = True, False
        told = {"chat_id": person.chat, "user": person.told, "payload": token or None}
        self._add("bot_started", {**told, "user_locale": "ru"})

    def say(self, person: Person, text: str = "", *, attachments: list[Told] | None = None) -> Told:
        """Write to the bot; return the message."""
        person.has_started = True
        message = self._message(person, text, attachments or [])
        self._add("message_created", {"message": message, "user_locale": "ru"})
        return message

    def send_file(self, person: Person, content: bytes, *, name: str = "file.txt") -> Told:
        """Send a file."""
        digest = sha256(content).hexdigest()[:32]
        self._files[digest] = content
        payload = {"url": f"{self.url}/files/{digest}", "token": digest}
        attached = {"type": "file", "payload": payload, "filename": name, "size": len(content)}
        return self.say(person, "", attachments=[attached])

    def edit(self, message: Told, text: str) -> None:
        """Change what was written."""
        body = {**message["body"], "text": text}
        self._add("message_edited", {"message": {**message, "body": body}})

    def press(self, person: Person, value: str, *, under: Arrived | None = None) -> None:
        """Press a button, perhaps under a message that the ledger knows."""
        name = f"press-{self._next()}"
        callback = {
            "timestamp": _now(),
            "callback_id": name,
            "payload": value,
            "user": person.told,
        }
        message = None
        if under:
            self.pressed[name] = under
            message = self._said[under.name]
        self._add("message_callback", {"callback": callback, "message": message})

    def stop(self, person: Person) -> None:
        """Have nothing to do with the bot any more."""
        person.has_stopped = True
        self._add("bot_stopped", {"chat_id": person.chat, "user": person.told})

    # What the bot asks.

    def answer(self, asked: Asked) -> Reply | None:
        """Answer a method of the Bot API, or give a file."""
        parts = asked.path.strip("/").split("/")
        if parts[0] == "files":
            found = self._files.get(parts[-1])
            kind = "application/octet-stream"
            return Reply(content=found, content_type=kind) if found else Reply(status=404, value={})
        if asked.headers.get("authorization") != TOKEN:
            return Reply(status=401, value={"code": "verify.token", "message": "Invalid token"})
        try:
            if parts[0] == "upload":
                return self._take(asked, parts[-1])
            if (asked.method, asked.path) == ("POST", "/messages"):
                return self._send(asked)
            return Reply(value=self._ask(asked))
        except Refusal as refusal:
            return refusal.reply

    def _ask(self, asked: Asked) -> Told:
        methods: dict[tuple[str, str], Callable[[Asked], Told]] = {
            ("GET", "/me"): lambda _asked: dict(ME),
            ("GET", "/subscriptions"): lambda _asked: {"subscriptions": self.subscriptions},
            ("POST", "/subscriptions"): self._subscribe,
            ("DELETE", "/subscriptions"): self._unsubscribe,
            ("GET", "/updates"): self._get_updates,
            ("GET", "/messages"): self._get_messages,
            ("POST", "/uploads"): self._place,
            ("POST", "/answers"): self._heed,
        }
        found = methods.get((asked.method, asked.path))
        if found is None:
            raise Refusal(404, "not.found")
        return found(asked)

    def _send(self, asked: Asked) -> Reply | None:
        fault = self.next_fault()
        if fault is Fault.DROPS_BEFORE:
            return None
        if fault is Fault.BROKEN:
            raise Refusal(503, "service.unavailable")
        if fault is Fault.TOO_MANY:
            raise Refusal(429, "too.many.requests")
        person = self.people.get(int(asked.query.get("user_id") or 0))
        if person is None or not person.has_started:
            raise Refusal(404, "chat.not.found")
        if person.has_stopped:
            raise Refusal(403, "chat.denied")
        self._limit(person)
        message = self._accept(person, asked.fields)
        if fault is Fault.DROPS_AFTER:
            return None
        if fault is Fault.SILENT:
            self.let_go.wait(60)
            return None
        return Reply(value={"message": message})

    def _accept(self, person: Person, body: Mapping[str, Any]) -> Told:
        text, attachments = str(body.get("text") or ""), body.get("attachments") or []
        if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
            raise Refusal(400, "proto.payload")
        if not text and not attachments:
            raise Refusal(400, "proto.payload")
        file = None
        buttons: tuple[Told, ...] = ()
        for attached in attachments:
            payload = attached["payload"]
            if attached["type"] == "inline_keyboard":
                if any(len(row) > MOST_BUTTONS_IN_ROW for row in payload["buttons"]):
                    raise Refusal(400, "proto.payload")
                buttons = tuple(button for row in payload["buttons"] for button in row)
                continue
            file = self._attached(payload)
        with self.lock:
            message = self._message(person, text, attachments, sender=ME)
            self._history.append(message)
            self._said[str(message["body"]["mid"])] = message
            name = str(message["body"]["mid"])
            self.ledger.append(
                Arrived(to=person.id, name=name, text=text, file=file, buttons=buttons)
            )
        return message

    def _attached(self, payload: Told) -> tuple[str, bytes]:
        photos = payload.get("photos") or {}
        tokens = [payload.get("token"), *(each["token"] for each in photos.values())]
        token = next((str(each) for each in tokens if each), "")
        if token not in self._uploads:
            raise Refusal(400, "attachment.not.found")
        if self.not_ready:
            self.not_ready -= 1
            raise Refusal(400, "attachment.not.ready")
        return self._uploads[token]

    def _limit(self, person: Person) -> None:
        now = time.monotonic()
        with self.lock:
            while self._calls and self._calls[0][0] < now - 1:
                self._calls.popleft()
            in_talk = sum(each == person.id for _at, each in self._calls)
            if len(self._calls) >= PER_SECOND or in_talk >= PER_SECOND_IN_TALK:
                raise Refusal(429, "too.many.requests")
            self._calls.append((now, person.id))

    def _place(self, asked: Asked) -> Told:
        if asked.query.get("type") not in {"image", "file", "video", "audio"}:
            raise Refusal(400, "proto.payload")
        return {"url": f"{self.url}/upload/{asked.query['type']}"}

    def _take(self, asked: Asked, kind: str) -> Reply:
        file = asked.files.get("data")
        if file is None:
            raise Refusal(400, "proto.payload")
        token = f"{kind}-{self._next()}"
        self._uploads[token] = file
        if kind == "image":
            return Reply(value={"photos": {"first": {"token": token}}})
        return Reply(value={"fileId": self._next(), "token": token})

    def _subscribe(self, asked: Asked) -> Told:
        if not str(asked.fields.get("url", "")).startswith("https://"):
            return {"success": False, "message": "Webhook URL must be https"}
        self.subscriptions.append(dict(asked.fields))
        self.caller.call(str(asked.fields["url"]), secret=str(asked.fields.get("secret") or ""))
        return {"success": True}

    def _unsubscribe(self, asked: Asked) -> Told:
        url = asked.query.get("url")
        self.subscriptions = [each for each in self.subscriptions if each["url"] != url]
        self.caller.call("", secret="")
        return {"success": True}

    def _get_updates(self, asked: Asked) -> Told:
        marker = asked.query.get("marker")
        until = time.monotonic() + min(float(asked.query.get("timeout") or 0), 0.3)
        # Without a marker only the last one comes.
        last = max(0, len(self.updates) - 1)
        first = max(0, int(marker) - self._first) if marker else last
        while len(self.updates) <= first and time.monotonic() < until:
            self.let_go.wait(0.02)
        with self.lock:
            found = self.updates[first : first + int(asked.query.get("limit") or 100)]
            return {"updates": found, "marker": self._first + first + len(found)}

    def _get_messages(self, asked: Asked) -> Told:
        chat = int(asked.query.get("chat_id") or 0)
        rows = [each for each in self._history if each["recipient"]["chat_id"] == chat]
        return {"messages": rows[::-1][: int(asked.query.get("count") or 50)]}

    def _heed(self, asked: Asked) -> Told:
        self.heeded.append(asked.query["callback_id"])
        instead = asked.fields.get("message") or {}
        known = self.pressed.get(asked.query["callback_id"])
        if instead and known:
            self.edits.append(replace(known, text=str(instead.get("text") or ""), buttons=()))
        return {"success": True}

    def _message(
        self, person: Person, text: str, attachments: list[Told], *, sender: Told | None = None
    ) -> Told:
        number = self._next()
        body = {"mid": f"mid.{number:08x}", "seq": number, "text": text or None}
        return {
            "sender": sender or person.told,
            "recipient": {"chat_id": person.chat, "chat_type": "dialog", "user_id": person.id},
            "timestamp": _now(),
            "body": {**body, "attachments": attachments},
        }

    def _add(self, kind: str, told: Told) -> None:
        with self.lock:
            self.waiting.add(kind, told)
            self.updates.append(self.waiting.every[-1])

    def _next(self) -> int:
        with self.lock:
            self._number += 1
            return self._number


def _update(_number: int, kind: str, told: Told) -> Told:
    return {"update_type": kind, "timestamp": _now(), **told}


def _now() -> int:
    return int(time.time() * 1000)
