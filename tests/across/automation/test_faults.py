"""A worker that is killed in the middle of rules: each acts once, none is lost."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.conf import settings as configured

from ambidesk.across.automation.models import Run, RunState
from ambidesk.support.tickets.models import Note
from tests.across.automation.conftest import Automated
from tests.cast import make_cast
from tests.waiting import PATIENCE_SECONDS, wait_for

pytestmark = [pytest.mark.fault, pytest.mark.usefixtures("clone")]
TICKETS = 6
NOTE = {"action": "tickets.note", "parameters": {"text": "Seen"}}
URGENT = {"action": "tickets.prioritise", "parameters": {"priority": 4}}


def working(database: str, *, crash_at: str = "") -> "subprocess.Popen[bytes]":
    environment = os.environ | {
        "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl(),
        "DJANGO_SETTINGS_MODULE": "ambidesk.wiring.settings",
        "AMBIDESK_SECRET_KEY": str(configured.SECRET_KEY),
        "AMBIDESK_TEST_FAULTS": "1",
        "CRASH_AT": crash_at,
    }
    command = [sys.executable, "-m", "tests.across.automation.worker"]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


@pytest.mark.parametrize("crash_at", ["rule-planned", "rule-acted", "rule-committed"])
def test_each_rule_acts_once_though_its_worker_is_killed(clone: str, crash_at: str) -> None:
    desk = Automated(cast=make_cast(datetime.now(UTC)))
    desk.rule("Note", NOTE, URGENT)
    desk.rule("Next", NOTE, on=("priority",))
    for _each in range(TICKETS):
        desk.cast.ticket()
    killed = working(clone, crash_at=crash_at)
    assert killed.wait(PATIENCE_SECONDS) == -signal.SIGKILL
    alive = working(clone)
    wait_for(lambda: Run.objects.filter(state=RunState.DONE).count() == 2 * TICKETS)
    assert alive.stdin
    alive.stdin.close()
    assert alive.wait(PATIENCE_SECONDS) == 0
    assert Note.objects.count() == 2 * TICKETS
    assert Run.objects.count() == 2 * TICKETS
