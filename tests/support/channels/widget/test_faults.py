"""The web killed at each named step of a word: each word that was said is there, and once."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.support.channels.widget import speaking
from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.channels.widget.visiting import Guest, begin
from ambidesk.support.conversations.models import Channel, Message
from ambidesk.support.tickets.events import MessageFiled
from ambidesk.support.tickets.models import Filing, Ticket
from tests.cast import Cast, make_cast
from tests.ports import free_port
from tests.support.channels.mail.conftest import is_answered
from tests.support.channels.widget.conftest import SITE
from tests.waiting import PATIENCE_SECONDS, wait_for

pytestmark = [pytest.mark.fault, pytest.mark.usefixtures("clone")]
VISITORS, WORDS = 4, 3


class Browser:
    """A browser that sends a word again until the desk says that it has it, as the script does."""

    def __init__(self, widget: Channel, token: str, port: int) -> None:
        self.path, self.token, self.port = f"/widget/{widget.address}/words", token, port
        self.lost = 0

    def say(self, text: str, key: UUID) -> None:
        until = monotonic() + PATIENCE_SECONDS
        while monotonic() < until:
            try:
                if self._ask(text, key) == 201:
                    return
            except (OSError, HTTPException):
                self.lost += 1
            threading.Event().wait(0.3)
        raise AssertionError(f"{text} was never taken")

    def _ask(self, text: str, key: UUID) -> int:
        line = HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Origin": SITE, "Authorization": f"Visitor {self.token}"}
        line.request("POST", self.path, json.dumps({"key": str(key), "text": text}), headers)
        try:
            return line.getresponse().status
        finally:
            line.close()


@contextmanager
def web(database: str, place: Path, port: int, *, crash_at: str = "") -> Iterator[None]:
    """Serve until the end of the block; a worker that was killed is begun anew, and killed again."""
    environment = os.environ | {
        "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl(),
        "AMBIDESK_SECRET_KEY": str(settings.SECRET_KEY),
        "AMBIDESK_DATA": str(place),
        "AMBIDESK_WEB_PROCESSES": "1",
        "AMBIDESK_TEST_FAULTS": "1",
        "CRASH_AT": crash_at,
    }
    command = [sys.executable, "-m", "ambidesk.edge.commands", "web", "--port", str(port)]
    process = subprocess.Popen(command, env=environment)
    try:
        wait_for(lambda: is_answered(port))
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def browsers(cast: Cast, port: int) -> list[Browser]:
    manner = Manner(origins=(SITE,))
    wanted = Widget(brand=cast.shop, team=cast.shop_team, name="Chat", manner=manner)
    widget = connect_widget(None, wanted, by=cast.actor(cast.admin), at=cast.at)
    at = datetime.now(UTC)
    tokens = [begin(widget, Guest(name=f"V{each}"), at=at)[1] for each in range(VISITORS)]
    return [Browser(widget, token, port) for token in tokens]


@pytest.mark.parametrize("point", speaking.CRASH_POINTS)
def test_words_are_neither_lost_nor_doubled(clone: str, tmp_path: Path, point: str) -> None:
    port = free_port()
    talking = browsers(make_cast(datetime.now(UTC)), port)

    def talk(number: int) -> None:
        for word in range(WORDS):
            talking[number].say(f"{number} says {word}", uuid4())

    with ThreadPoolExecutor(VISITORS) as crowd:
        with web(clone, tmp_path, port, crash_at=point):
            said = [crowd.submit(talk, number) for number in range(VISITORS)]
            wait_for(lambda: any(each.lost for each in talking))
        with web(clone, tmp_path, port):
            for each in said:
                each.result(timeout=2 * PATIENCE_SECONDS)
    words = sorted(Message.objects.values_list("text", flat=True))
    assert words == sorted(f"{one} says {word}" for one in range(VISITORS) for word in range(WORDS))
    assert (Ticket.objects.count(), Filing.objects.count()) == (VISITORS, VISITORS * WORDS)
    for ticket in Ticket.objects.all():
        filed = [e for e in entries_of("ticket", ticket.pk) if e.kind == MessageFiled.kind]
        assert len(filed) == WORDS - 1
