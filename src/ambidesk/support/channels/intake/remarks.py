"""
Remarks: what is no message of its own: an edit, a press of a button, a coming, a going.

Packages above say who takes choices and replies; what a taker says stands on the button's message.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from ambidesk.ground.kernel.texts import storable
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.people.meeting import meet
from ambidesk.support.channels.callers import caller_of
from ambidesk.support.channels.contract.inbound import (
    Called,
    Edited,
    Left,
    Pressed,
    Sender,
    Spoken,
    Started,
)
from ambidesk.support.channels.intake.reading import Heard
from ambidesk.support.conversations.models import Channel, Delivery, Message
from ambidesk.support.conversations.remarking import remark
from ambidesk.support.tickets.amending import amend

LONGEST_CODE = 20
# In a talk with several bots a command may name the one it is for.
COMMAND: Final = re.compile(
    r"/(?P<name>[A-Za-z]{1,32})(?:@\w{1,64})?(?:\s+(?P<words>.{1,400}))?\s*"
)
EDIT, PRESS, START, LEFT, UNKNOWN = "edit", "press", "start", "left", "unknown-message"
CALL = "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Somebody pressed a button of ours; `value` is what we had put on it."""

    channel: Channel
    sender: Sender
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Somebody answered one message of ours, and that expressly."""

    channel: Channel
    sender: Sender
    message: Message
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Somebody wrote a command, such as /mail; `words` are what stands behind it."""

    channel: Channel
    sender: Sender
    words: str


# Takes a choice by the beginning of its value, such as rate: or link:; says what is to stand in
# place of the buttons from now on, "" for what stands there.
Taker = Callable[..., str]
# Takes a reply that is no word of the talk, such as one to a question of ours; says whether it did.
Listener = Callable[..., bool]


class Arrival(Protocol):
    """Takes somebody who came by a link."""

    def __call__(
        self, channel: Channel, sender: Sender, *, token: str, by: Actor, at: datetime
    ) -> bool:
        """Take them, and say whether the token opened anything; one that is none does not."""


class Exchange(Protocol):
    """Takes what happens in calls."""

    def __call__(self, channel: Channel, called: Called, *, by: Actor, at: datetime) -> object:
        """Put it down; twice and in any order is once."""


_takers: dict[str, Taker] = {}
_exchanges: list[Exchange] = []
_listeners: list[Listener] = []
_commands: dict[str, Taker] = {}
_arrivals: list[Arrival] = []


def declare_choice(prefix: str, taker: Taker) -> None:
    """Say who takes choices whose value begins so; called as taker(choice, by=, at=)."""
    _takers[prefix] = taker


def declare_command(name: str, taker: Taker) -> None:
    """Say who takes a command; what it returns is said in the talk."""
    _commands[name] = taker


def declare_reply(listener: Listener) -> None:
    """Say who takes replies to their own messages; called as listener(reply, by=, at=)."""
    if listener not in _listeners:
        _listeners.append(listener)


def declare_arrival(arrival: Arrival) -> None:
    """Say who takes those that come by a link."""
    if arrival not in _arrivals:
        _arrivals.append(arrival)


def declare_exchange(exchange: Exchange) -> None:
    """Say who takes calls."""
    if exchange not in _exchanges:
        _exchanges.append(exchange)


def bring_code(heard: Heard, *, at: datetime) -> bool:
    """Try words as a code that somebody was sent; say whether they are one, and no words."""
    event = heard.event
    if not isinstance(event, Spoken) or len(event.text) > LONGEST_CODE:
        return False
    by = Actor(kind=ActorKind.CHANNEL, id=heard.channel.pk)
    token, sender = event.text.strip(), event.sender
    return any(arrival(heard.channel, sender, token=token, by=by, at=at) for arrival in _arrivals)


def is_command(heard: Heard) -> bool:
    """Say whether words are a command that somebody takes."""
    event = heard.event
    found = COMMAND.fullmatch(event.text) if isinstance(event, Spoken) else None
    return found is not None and found["name"].lower() in _commands


def take_command(heard: Heard, *, at: datetime) -> None:
    """Do what a command asks for, and say in the talk what came of it."""
    event = heard.event
    assert isinstance(event, Spoken)  # noqa: S101 commands are words
    found = COMMAND.fullmatch(event.text)
    assert found  # noqa: S101 it was looked at before
    by = Actor(kind=ActorKind.CHANNEL, id=heard.channel.pk)
    words = storable(found["words"] or "").strip()
    asked = Command(channel=heard.channel, sender=event.sender, words=words)
    said = _commands[found["name"].lower()](asked, by=by, at=at)
    remark(heard.channel, meet(caller_of(event.sender), by=by, at=at), text=said, at=at)


def take_reply(heard: Heard, *, at: datetime) -> bool:
    """Give words that answer one message of ours to whoever asked; say whether they took them."""
    event = heard.event
    if not isinstance(event, Spoken) or not event.answers or not event.text or event.files:
        return False
    sent = Delivery.objects.filter(pieces__external_id=event.answers, channel=heard.channel)
    answered = sent.select_related("message").first()
    if answered is None:
        return False
    said = Reply(
        channel=heard.channel,
        sender=event.sender,
        message=answered.message,
        text=storable(event.text),
    )
    by = Actor(kind=ActorKind.CHANNEL, id=heard.channel.pk)
    return any(listener(said, by=by, at=at) for listener in _listeners)


def take_remark(heard: Heard, *, by: Actor, at: datetime) -> str:
    """Do what a remark is about; return the word for what it was."""
    match heard.event:
        case Edited():
            return _take_edit(heard, heard.event, by=by, at=at)
        case Started():
            for arrival in _arrivals:
                arrival(heard.channel, heard.event.sender, token=heard.event.token, by=by, at=at)
            return START
        case Left():
            return LEFT
        case Called():
            for exchange in _exchanges:
                exchange(heard.channel, heard.event, by=by, at=at)
            return CALL
        case _:
            return UNKNOWN


def _take_edit(heard: Heard, event: Edited, *, by: Actor, at: datetime) -> str:
    message = Message.objects.filter(
        thread__channel=heard.channel, thread__key=event.talk, external_id=event.external_id
    ).first()
    if message is None:
        return UNKNOWN
    text = storable(event.text)
    amend(message, text, edited_at=event.edited_at, intake_id=heard.item.pk, by=by, at=at)
    return EDIT


def take_press(heard: Heard, *, at: datetime) -> str | None:
    """Have somebody take a press; say what stands there instead, None where nobody took it."""
    event = heard.event
    assert isinstance(event, Pressed)  # noqa: S101 only presses come here
    by = Actor(kind=ActorKind.CHANNEL, id=heard.channel.pk)
    choice = Choice(
        channel=heard.channel, sender=event.sender, value=event.value, label=event.label
    )
    for prefix, taker in _takers.items():
        if event.value.startswith(prefix):
            return taker(choice, by=by, at=at)
    return None
