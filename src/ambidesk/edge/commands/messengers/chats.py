"""Chats: what the people of the simulated messengers wrote, what they got, what they press."""

import json
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from ambidesk.edge.commands.messengers.people import PEOPLE, TELEGRAM, Somebody
from ambidesk.support.channels.kit.server import Arrived, Simulator
from ambidesk.support.channels.max.simulator import MaxSimulator
from ambidesk.support.channels.telegram.simulator import TelegramSimulator

THINKS_SECONDS = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a chat; `arrived` is what came from the desk."""

    text: str
    is_theirs: bool
    arrived: Arrived | None = None


@dataclass(slots=True, kw_only=True)
class Chat:
    """One person's talk with the bot."""

    who: Somebody
    lines: list[Line] = field(default_factory=list)
    heard: int = 0
    said: int = 0


class Chats:
    """All chats; `place` keeps how far each person has come in what they say by themselves."""

    def __init__(
        self, telegram: TelegramSimulator, messenger: MaxSimulator, *, place: Path
    ) -> None:
        self._telegram = telegram
        self._max = messenger
        self._place = place
        self._lock = threading.RLock()
        said = json.loads(place.read_text()) if place.exists() else {}
        self.chats = {
            who.number: Chat(who=who, said=int(said.get(str(who.number), 0))) for who in PEOPLE
        }
        for who in PEOPLE:
            self._enter(who)

    def run(self, stop: threading.Event) -> None:
        """Say what is to be said at the beginning, and answer answers, until told to stop."""
        for chat in self.chats.values():
            if chat.who.lines and not chat.said:
                self._go_on(chat)
        while not stop.wait(0.5):
            self.look()

    def look(self) -> None:
        """Take up what arrived; who got an answer says their next line after a moment."""
        with self._lock:
            for chat in self.chats.values():
                got = self._ledger(chat.who)
                for arrived in got[chat.heard :]:
                    name = arrived.file[0] if arrived.file else ""
                    text = "\n".join(part for part in (arrived.text, name) if part)
                    chat.lines.append(Line(text=text, is_theirs=False, arrived=arrived))
                    if not arrived.buttons and chat.said < len(chat.who.lines):
                        threading.Timer(THINKS_SECONDS, self._go_on, [chat]).start()
                chat.heard = len(got)

    def say(self, number: int, text: str) -> None:
        """Write to the bot as somebody."""
        chat = self.chats[number]
        with self._lock:
            chat.lines.append(Line(text=text, is_theirs=True))
        if chat.who.messenger == TELEGRAM:
            self._telegram.say(self._telegram.people[number], text)
        else:
            self._max.say(self._max.people[number], text)

    def start(self, number: int, token: str) -> None:
        """Follow a link to the bot as somebody."""
        chat = self.chats[number]
        with self._lock:
            chat.lines.append(Line(text="/start", is_theirs=True))
        if chat.who.messenger == TELEGRAM:
            self._telegram.start(self._telegram.people[number], token)
        else:
            self._max.start(self._max.people[number], token)

    def press(self, number: int, *, name: str, button: int) -> None:
        """Press a button under a message."""
        who = self.chats[number].who
        arrived = next((each for each in self._ledger(who) if each.name == name), None)
        if arrived is None or not 0 <= button < len(arrived.buttons):
            return
        if who.messenger == TELEGRAM:
            value = str(arrived.buttons[button].get("callback_data") or "")
            self._telegram.press(self._telegram.people[number], arrived, value=value)
        else:
            value = str(arrived.buttons[button].get("payload") or "")
            self._max.press(self._max.people[number], value, under=arrived)

    def shown(self, who: Somebody, arrived: Arrived) -> Arrived:
        """A message as it stands now: buttons that were pressed are gone."""
        edits = self._side(who).edits
        return next((each for each in reversed(edits) if each.name == arrived.name), arrived)

    def _go_on(self, chat: Chat) -> None:
        with self._lock:
            if chat.said >= len(chat.who.lines):
                return
            text = chat.who.lines[chat.said]
            chat.said += 1
            said = {str(number): each.said for number, each in self.chats.items()}
            self._place.write_text(json.dumps(said))
        self.say(chat.who.number, text)

    def _enter(self, who: Somebody) -> None:
        if who.messenger == TELEGRAM:
            self._telegram.person(who.number, who.name).has_started = True
        else:
            self._max.person(who.number, who.name).has_started = True

    def _side(self, who: Somebody) -> Simulator:
        return self._telegram if who.messenger == TELEGRAM else self._max

    def _ledger(self, who: Somebody) -> list[Arrived]:
        side = self._side(who)
        with side.lock:
            return [each for each in side.ledger if each.to == who.number]


def fresh_number() -> int:
    """A number beyond those of every earlier run: names of messages are never used twice."""
    return int(time.time() * 10)
