"""Chats of a peak: visitors who ask by the widget, and what each of them reads in the end."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from random import Random
from uuid import uuid4

from django.db import transaction

from ambidesk.edge.commands.generating.staff import Room
from ambidesk.edge.commands.generating.words import prose
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.channels.widget.speaking import Said, say
from ambidesk.support.channels.widget.visiting import Guest, begin

HOST, SITE = "127.0.0.1", "https://shop.example"
AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One visitor's talk: the widget's address, the visitor's token, the ticket it became."""

    widget: str
    token: str
    ticket: int
    number: int


def begin_chats(room: Room, number: int) -> Sequence[Chat]:
    """Let so many visitors ask something."""
    wanted = Widget(brand=room.brand, team=room.team, name="Chat", manner=Manner(origins=(SITE,)))
    widget = connect_widget(None, wanted, by=SYSTEM, at=datetime.now(UTC))
    said, dice = prose("en"), Random("chats")  # noqa: S311 test data, no secret
    chats: list[Chat] = []
    for first in range(0, number, AT_ONCE):
        # Many at once: here nobody waits for each to be on disk.
        with transaction.atomic():
            for _place in range(first, min(first + AT_ONCE, number)):
                at = datetime.now(UTC)
                visitor, token = begin(widget, Guest(), at=at)
                word = Said(key=uuid4(), text=" ".join(dice.choices(said.sentences, k=2)))
                ticket = say(visitor, word, at=at).ticket
                chats.append(
                    Chat(
                        widget=widget.address,
                        token=token,
                        ticket=ticket.pk,
                        number=ticket.number,
                    )
                )
    return chats


def answers_of(chat: Chat, *, port: int) -> int:
    """How many answers the visitor reads in the widget, asked for over HTTP."""
    line = HTTPConnection(HOST, port, timeout=60)
    headers = {"Origin": SITE, "Authorization": f"Visitor {chat.token}"}
    line.request("GET", f"/widget/{chat.widget}/talk", headers=headers)
    told = json.loads(line.getresponse().read())
    line.close()
    expected = f"Ticket {chat.ticket} is done."
    return sum(each["text"] == expected for each in told.get("messages", []))
