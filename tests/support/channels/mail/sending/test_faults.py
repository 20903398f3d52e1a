"""A sender that is killed: no answer is lost, and a double has one narrow window."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.conf import settings as configured

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.conversations.models import Delivery
from ambidesk.support.tickets.answering import Answer, answer
from tests.cast import make_cast
from tests.support.channels.mail.relays import Relay, relay
from tests.waiting import PATIENCE_SECONDS, wait_for

pytestmark = [pytest.mark.fault, pytest.mark.usefixtures("clone")]
MAILS = 12


def sending(database: str, found: Relay, *, crash_at: str = "") -> "subprocess.Popen[bytes]":
    environment = os.environ | {
        "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl(),
        "DJANGO_SETTINGS_MODULE": "ambidesk.wiring.settings",
        "AMBIDESK_SECRET_KEY": str(configured.SECRET_KEY),
        "AMBIDESK_SMTP_RELAY": found.url,
        "AMBIDESK_TEST_FAULTS": "1",
        "CRASH_AT": crash_at,
    }
    command = [sys.executable, "-m", "tests.support.channels.mail.sending.sender"]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE)


def finish(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin
    process.stdin.close()
    assert process.wait(PATIENCE_SECONDS) == 0


@pytest.mark.parametrize(
    "crash_at,doubles",
    [("sending-leased", 0), ("sending-accepted", 1), ("sending-marked", 0)],
)
def test_every_answer_leaves_though_its_sender_is_killed(
    clone: str, crash_at: str, doubles: int
) -> None:
    cast = make_cast(datetime.now(UTC))
    for number in range(MAILS):
        said = Answer(text=f"Answer {number}", to=(cast.anna,), due_at=datetime.now(UTC))
        answer(cast.ticket(), said, by=SYSTEM, at=datetime.now(UTC))
    with relay() as found:
        killed = sending(clone, found, crash_at=crash_at)
        assert killed.wait(PATIENCE_SECONDS) == -signal.SIGKILL
        # The dead held all of them, for minutes; nobody waits for that.
        alive = sending(clone, found)
        wait_for(lambda: not Delivery.objects.exclude(state="sent").exists())
        finish(alive)
    times = Counter(taken.mail["Message-ID"] for taken in found.taken)
    assert len(times) == MAILS
    assert sum(times.values()) - MAILS == doubles
