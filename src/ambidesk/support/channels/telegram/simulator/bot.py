"""The simulated Telegram: one bot, its people, what they write to it and what it writes to them."""

import json
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final

from ambidesk.support.channels.kit.calling import Caller
from ambidesk.support.channels.kit.server import Arrived, Asked, Fault, Reply, Simulator
from ambidesk.support.channels.kit.updates import Updates

TOKEN: Final = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105 the simulator's own
LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024
LARGEST_FETCHED: Final = 20 * 1024 * 1024
PER_SECOND: Final = 30
MOST_IN_ALBUM: Final = 10
SECRET: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 a name
Told = dict[str, Any]
ME: Final = {
    "id": int(TOKEN.partition(":")[0]),
    "is_bot": True,
    "first_name": "Polka",
    "username": "polka_help_bot",
}


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody with the messenger; a bot reaches only who came to it and did not block it."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = "ru"
    has_started: bool = False
    has_blocked: bool = False

    @property
    def told(self) -> Told:
        """As updates tell of them."""
        names = {"first_name": self.first_name, "username": self.username}
        return {
            "id": self.id,
            "is_bot": False,
            "language_code": self.language_code,
            **{name: value for name, value in names.items() if value},
        }


@dataclass(kw_only=True)
class Refusal(Exception):  # noqa: N818 what the messenger says
    """An error of the Bot API."""

    code: int
    description: str
    retry_after: int | None = None

    @property
    def reply(self) -> Reply:
        """As it goes out."""
        told: Told = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after:
            told["parameters"] = {"retry_after": self.retry_after}
        return Reply(status=self.code, value=told)


@dataclass(slots=True)
class Files:
    """Files that people sent, by id."""

    contents: dict[str, bytes] = field(default_factory=dict)

    def keep(self, content: bytes) -> str:
        """Keep a file and give its id."""
        name = sha256(content).hexdigest()[:32]
        self.contents[name] = content
        return name


class TelegramSimulator(Simulator):
    """
    One bot, named as `bot` says; its numbers begin after `first`.

    `resolve` maps beginnings of webhook addresses to where they really are in a test.

    Source: core.telegram.org/bots/api and core.telegram.org/bots/faq.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        first: int = 1000,
        bot: Mapping[str, str] | None = None,
        resolve: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(port=port)
        self.me = {**ME, **(bot or {})}
        self.people: dict[int, Person] = {}
        self.updates = Updates(_update, first=first)
        self.files = Files()
        self.caller = Caller(self.updates, header=SECRET, resolve=resolve or {})
        self.heeded: list[str] = []
        self._calls: deque[float] = deque()
        self._messages = first

    def person(self, number: int, first_name: str, **more: Any) -> Person:
        """Make somebody."""
        return self.people.setdefault(number, Person(id=number, first_name=first_name, **more))

    def close(self) -> None:
        """End it."""
        self.caller.close()
        super().close()

    # What people do.

    def start(self, person: Person, token: str = "") -> int:
        """Press the start button, perhaps behind a deep link."""
        person.has_started, person.has_blocked = True, False
        return self.say(person, f"/start {token}".strip())

    def say(self, person: Person, text: str = "", **more: Any) -> int:
        """Write to the bot; return the message's number."""
        person.has_started = True
        number = self._number()
        words = {"text": text} if text else {}
        self.updates.add("message", {**self._head(person, number), **words, **more})
        return number

    def send_file(
        self, person: Person, content: bytes, *, kind: str = "document", name: str = "file.txt"
    ) -> int:
        """Send a file: document, photo, voice."""
        told: Any = {"file_id": self.files.keep(content), "file_size": len(content)}
        if kind == "photo":
            small = {**told, "width": 90, "height": 90}
            told = [small, {**told, "width": 1280, "height": 960}]
        elif kind == "document":
            told["file_name"] = name
        return self.say(person, "", **{kind: told})

    def send_album(self, person: Person, contents: Sequence[bytes], *, caption: str = "") -> None:
        """Send several pictures as one: each is an update of its own."""
        album = str(self._number())
        for place, content in enumerate(contents[:MOST_IN_ALBUM]):
            told = {"file_id": self.files.keep(content), "file_size": len(content)}
            words = {"caption": caption} if caption and not place else {}
            photo = [{**told, "width": 1280, "height": 960}]
            self.say(person, "", photo=photo, media_group_id=album, **words)

    def edit(self, person: Person, number: int, *, text: str) -> None:
        """Change what was written."""
        head = self._head(person, number)
        self.updates.add("edited_message", {**head, "text": text, "edit_date": head["date"] + 1})

    def press(self, person: Person, arrived: Arrived, *, value: str) -> None:
        """Press a button under a message."""
        message = {
            "message_id": int(arrived.name),
            "date": int(time.time()),
            "chat": {"id": person.id, "type": "private"},
            "reply_markup": {"inline_keyboard": [list(arrived.buttons)]},
        }
        told = {"id": f"press-{self._number()}", "from": person.told, "message": message}
        self.updates.add("callback_query", {**told, "data": value})

    def block(self, person: Person) -> None:
        """Have nothing to do with the bot any more."""
        person.has_blocked = True
        told = {
            "chat": {"id": person.id, "type": "private"},
            "from": person.told,
            "date": int(time.time()),
            "new_chat_member": {"status": "kicked"},
        }
        self.updates.add("my_chat_member", told)

    # What the bot asks.

    def answer(self, asked: Asked) -> Reply | None:
        """Answer a method of the Bot API, or give a file."""
        if asked.path.startswith(f"/file/bot{TOKEN}/"):
            content = self.files.contents.get(asked.path.rpartition("/")[2])
            found = Reply(content=content, content_type="application/octet-stream")
            return found if content is not None else Reply(status=404, value={})
        beginning, _slash, method = asked.path.rpartition("/")
        try:
            return self._ask(asked, method if beginning == f"/bot{TOKEN}" else "")
        except Refusal as refusal:
            return refusal.reply

    def _ask(self, asked: Asked, method: str) -> Reply | None:
        methods: dict[str, Callable[[Asked], Any]] = {
            "getMe": lambda _asked: self.me,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getUpdates": self._get_updates,
            "getFile": self._get_file,
            "answerCallbackQuery": self._heed,
            "editMessageText": self._edit,
        }
        if not method:
            raise Refusal(code=401, description="Unauthorized")
        if method in methods:
            return Reply(value={"ok": True, "result": methods[method](asked)})
        if method in {"sendMessage", "sendPhoto", "sendDocument"}:
            return self._send(asked, method)
        raise Refusal(code=404, description="Not Found: method not found")

    def _send(self, asked: Asked, method: str) -> Reply | None:
        fault = self.next_fault()
        if fault is Fault.DROPS_BEFORE:
            return None
        if fault is Fault.BROKEN:
            raise Refusal(code=500, description="Internal Server Error")
        if fault is Fault.TOO_MANY:
            raise Refusal(code=429, description="Too Many Requests: retry after 1", retry_after=1)
        self._limit()
        arrived = self._accept(asked, method)
        if fault is Fault.DROPS_AFTER:
            return None
        if fault is Fault.SILENT:
            self.let_go.wait(60)
            return None
        chat = {"id": arrived.to, "type": "private"}
        told = {"message_id": int(arrived.name), "date": int(time.time()), "chat": chat}
        return Reply(value={"ok": True, "result": told})

    def _accept(self, asked: Asked, method: str) -> Arrived:
        person = self.people.get(int(asked.fields.get("chat_id") or 0))
        if person is None or not person.has_started:
            raise Refusal(code=400, description="Bad Request: chat not found")
        if person.has_blocked:
            raise Refusal(code=403, description="Forbidden: bot was blocked by the user")
        is_text = method == "sendMessage"
        text = str(asked.fields.get("text" if is_text else "caption") or "")
        units = len(text.encode("utf-16-le")) // 2
        if is_text and not text.strip():
            raise Refusal(code=400, description="Bad Request: message text is empty")
        if units > (LONGEST_TEXT if is_text else LONGEST_CAPTION):
            raise Refusal(code=400, description="Bad Request: message is too long")
        file = next(iter(asked.files.values()), None)
        if not is_text and file is None:
            raise Refusal(code=400, description="Bad Request: there is no file in the request")
        with self.lock:
            arrived = Arrived(
                to=person.id,
                name=str(self._number()),
                text=text,
                file=file,
                buttons=_buttons(asked.fields.get("reply_markup")),
            )
            self.ledger.append(arrived)
        return arrived

    def _limit(self) -> None:
        now = time.monotonic()
        with self.lock:
            while self._calls and self._calls[0] < now - 1:
                self._calls.popleft()
            if len(self._calls) >= PER_SECOND:
                said = "Too Many Requests: retry after 1"
                raise Refusal(code=429, description=said, retry_after=1)
            self._calls.append(now)

    def _set_webhook(self, asked: Asked) -> bool:
        url = str(asked.fields.get("url") or "")
        if not url.startswith("https://"):
            said = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
            raise Refusal(code=400, description=said)
        self.caller.call(url, secret=str(asked.fields.get("secret_token") or ""))
        return True

    def _delete_webhook(self, _asked: Asked) -> bool:
        self.caller.call("", secret="")
        return True

    def _get_updates(self, asked: Asked) -> list[Told]:
        if self.caller.url:
            said = "Conflict: can't use getUpdates method while webhook is active"
            raise Refusal(code=409, description=said)
        offset, timeout = asked.fields.get("offset"), asked.fields.get("timeout") or 0
        limit = int(asked.fields.get("limit") or 100)
        return self.updates.after(
            None if offset is None else int(offset), limit=limit, seconds=min(float(timeout), 2.0)
        )

    def _get_file(self, asked: Asked) -> Told:
        name = str(asked.fields.get("file_id"))
        content = self.files.contents.get(name)
        if content is None:
            raise Refusal(code=400, description="Bad Request: invalid file_id")
        if len(content) > LARGEST_FETCHED:
            raise Refusal(code=400, description="Bad Request: file is too big")
        return {"file_id": name, "file_size": len(content), "file_path": f"documents/{name}"}

    def _heed(self, asked: Asked) -> bool:
        self.heeded.append(str(asked.fields.get("callback_query_id")))
        return True

    def _edit(self, asked: Asked) -> Told:
        chat, name = int(asked.fields.get("chat_id") or 0), str(asked.fields.get("message_id"))
        text = str(asked.fields.get("text") or "")
        with self.lock:
            known = next(
                (each for each in self.ledger if (each.to, each.name) == (chat, name)), None
            )
            if not known:
                raise Refusal(code=400, description="Bad Request: message to edit not found")
            buttons = _buttons(asked.fields.get("reply_markup"))
            self.edits.append(replace(known, text=text, buttons=buttons))
        return {"message_id": int(name), "chat": {"id": chat, "type": "private"}, "text": text}

    def _head(self, person: Person, number: int) -> Told:
        return {
            "message_id": number,
            "from": person.told,
            "chat": {"id": person.id, "type": "private"},
            "date": int(time.time()),
        }

    def _number(self) -> int:
        with self.lock:
            self._messages += 1
            return self._messages


def _update(number: int, kind: str, told: Told) -> Told:
    return {"update_id": number, kind: told}


def _buttons(markup: object) -> tuple[Told, ...]:
    told = json.loads(markup) if isinstance(markup, str) else markup
    if not isinstance(told, dict):
        return ()
    return tuple(button for row in told.get("inline_keyboard", []) for button in row)
