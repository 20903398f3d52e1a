"""A worker that is killed anywhere: what came in, what stands, what left and what arrived agree."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.kit.server import Fault
from ambidesk.support.channels.telegram.simulator import TelegramSimulator
from ambidesk.support.conversations.models import Delivery, IntakeItem, Message
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
from tests.cast import make_cast
from tests.support.channels.telegram.desk import connected
from tests.waiting import PATIENCE_SECONDS, wait_for

pytestmark = [pytest.mark.fault, pytest.mark.usefixtures("clone")]
PEOPLE, WORDS = 4, 3


def working(database: str, files: Path, *, crash_at: str = "") -> "subprocess.Popen[bytes]":
    environment = os.environ | {
        "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl(),
        "DJANGO_SETTINGS_MODULE": "ambidesk.wiring.settings",
        "AMBIDESK_SECRET_KEY": str(settings.SECRET_KEY),
        "AMBIDESK_DATA": str(files),
        "AMBIDESK_EGRESS_HOSTS": "127.0.0.1",
        "AMBIDESK_TEST_FAULTS": "1",
        "CRASH_AT": crash_at,
    }
    command = [sys.executable, "-m", "tests.support.channels.telegram.worker"]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE)


def finish(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin
    process.stdin.close()
    assert process.wait(PATIENCE_SECONDS) == 0


@pytest.mark.parametrize(
    "crash_at,doubles",
    [
        ("poll:taken", 0),
        ("heard:taking-in", 0),
        ("heard:taken-in", 0),
        ("piece-begun", 0),
        ("piece-accepted", 1),
        ("piece-named", 0),
        ("delivery-marked", 0),
    ],
)
def test_ledgers_agree_though_the_worker_is_killed(
    clone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash_at: str, doubles: int
) -> None:
    monkeypatch.setattr(settings, "EGRESS_HOSTS", frozenset({"127.0.0.1"}))
    cast = make_cast(datetime.now(UTC))
    with TelegramSimulator() as telegram:
        connected(cast, telegram)
        people = [telegram.person(7001 + number, f"P{number}") for number in range(PEOPLE)]
        said = [f"{person.id} says {word}" for word in range(WORDS) for person in people]
        for text in said:
            telegram.say(telegram.people[int(text.split()[0])], text)
        is_hearing = crash_at.startswith(("poll", "heard"))
        first = working(clone, tmp_path, crash_at=crash_at if is_hearing else "")
        alive = first
        if is_hearing:
            assert first.wait(PATIENCE_SECONDS) == -signal.SIGKILL
            IntakeItem.objects.update(leased_until=None)
            alive = working(clone, tmp_path)
        wait_for(lambda: Message.objects.count() == len(said))
        finish(alive)
        assert sorted(Message.objects.values_list("text", flat=True)) == sorted(said)
        assert Ticket.objects.count() == PEOPLE

        telegram.fail(Fault.TOO_MANY, Fault.BROKEN)
        for ticket in Ticket.objects.all():
            whom = Identity.objects.get(person=ticket.requester)
            words = Answer(text=f"Answer to {whom.value}", to=(whom,), due_at=datetime.now(UTC))
            answer(ticket, words, by=cast.actor(cast.olga), at=datetime.now(UTC))
        if not is_hearing:
            telegram.faults.clear()
            killed = working(clone, tmp_path, crash_at=crash_at)
            assert killed.wait(PATIENCE_SECONDS) == -signal.SIGKILL
        alive = working(clone, tmp_path)

        def is_done() -> bool:
            # Whoever was put off need not wait for real.
            waiting = Delivery.objects.filter(state="waiting", leased_until=None)
            waiting.update(due_at=datetime.now(UTC))
            return not Delivery.objects.exclude(state="sent").exists()

        wait_for(is_done)
        finish(alive)
        times = Counter(each.text for each in telegram.ledger)
    assert sorted(times) == sorted(f"Answer to telegram:{person.id}" for person in people)
    assert sum(times.values()) - PEOPLE == doubles
