"""Those who use a desk while it is being killed: senders that try again, an operator, a killer."""

import os
import signal
import smtplib
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from ambidesk.edge.commands.cluster import Cluster
from ambidesk.edge.commands.cluster.pidfile import running_on
from tests.edge.commands.console import Running
from tests.edge.commands.processes import left_of
from tests.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "help@polka.example"
FURNISH = """
import django
django.setup()
from datetime import datetime, UTC
from tests.cast import make_cast
make_cast(datetime.now(UTC))
"""
# Prints the Message-ID of each answer that is committed.
OPERATOR = """
import time, django
django.setup()
from datetime import datetime, UTC
from django.db import DatabaseError, InterfaceError, connection
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
while True:
    try:
        for ticket in Ticket.objects.filter(first_answered_at=None).order_by("pk")[:20]:
            at = datetime.now(UTC)
            said = Answer(text=f"To {ticket.number}", to=(ticket.requester_identity,), due_at=at)
            print(answer(ticket, said, by=SYSTEM, at=at).external_id, flush=True)
    except (DatabaseError, InterfaceError):
        connection.close()
    time.sleep(0.1)
"""


def python(code: str, *, url: str) -> subprocess.Popen[str]:
    """Run code on the desk's database in a process of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "ambidesk.wiring.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


@dataclass(kw_only=True)
class Senders:
    """
    Mail servers of the world: they try each mail again until its 250, and remember those.

    The second half of them waits until it is let go: for the first reception that is killed.
    """

    smtp: str
    count: int
    acknowledged: set[str] = field(default_factory=set)
    attempts: int = 0
    gone: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)

    def start(self, *, at_once: int) -> list[threading.Thread]:
        """Send them all, some at once."""
        threads = [
            threading.Thread(target=self._send, args=(range(first, self.count, at_once),))
            for first in range(at_once)
        ]
        for thread in threads:
            thread.start()
        return threads

    def _send(self, numbers: range) -> None:
        for number in numbers:
            if number >= self.count // 2:
                self.let_go.wait()
            mail = EmailMessage()
            mail["From"] = f"Customer {number} <customer{number}@example.org>"
            mail["To"] = ADDRESS
            mail["Subject"] = f"Question {number}"
            mail["Message-ID"] = f"<question-{number}@example.org>"
            mail.set_content(f"This is question number {number}.")
            while not self.gone.is_set() and not self._try(mail):
                self.gone.wait(0.1)

    def _try(self, mail: EmailMessage) -> bool:
        host, port = self.smtp.split(":")
        self.attempts += 1
        try:
            with smtplib.SMTP(host, int(port), timeout=10) as line:
                line.send_message(mail)
        except (OSError, smtplib.SMTPException):
            return False
        self.acknowledged.add(mail["Message-ID"].strip("<>"))
        return True


def parts(desk: Running, word: str) -> list[int]:
    """The processes of one part of the desk, by a word of their command line."""
    if word == "postgres":
        # While a server starts, its file is gone, and then empty, for a moment.
        found = running_on(Cluster(desk.place).directory)
        return [found.pid] if found else []
    return [pid for pid in left_of(desk.place) if word in _words(pid)]


def kill(desk: Running, word: str) -> None:
    """Kill a part as a loss of power would, and wait until the supervisor has started another."""
    before = wait_for(lambda: parts(desk, word))
    for pid in before:
        # One that is killed takes those along that it started.
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    wait_for(lambda: set(parts(desk, word)) - set(before))


def _words(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        # It ended before the file was opened, or between that and the reading.
        return []
