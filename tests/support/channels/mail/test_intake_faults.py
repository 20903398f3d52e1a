"""kill -9 at each named step of receiving: every acknowledged mail is a ticket, once."""

import os
import resource
import signal
import smtplib
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from ambidesk.support.channels.mail.account import MailAccount, secret_of, settings_of
from ambidesk.support.channels.mail.imap import looking
from ambidesk.support.channels.mail.intake import lane, taking_in
from ambidesk.support.channels.models import MailboxPosition
from ambidesk.support.conversations import taking
from ambidesk.support.conversations.models import Channel, IntakeItem, IntakeState
from ambidesk.support.conversations.raw import raw_of
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.clones import url_of
from tests.ports import free_port
from tests.support.channels.mail.conftest import is_answered
from tests.support.channels.mail.dovecot import serving
from tests.support.channels.mail.post import letter
from tests.waiting import PATIENCE_SECONDS, wait_for

pytestmark = pytest.mark.fault
MAILS = 40
LARGE = "x" * 70 + "\n"


class Desk:
    """Processes of a desk over the test's database, started and killed one by one."""

    def __init__(self, place: Path) -> None:
        self.port = free_port()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._environment = {
            **os.environ,
            "DATABASE_URL": _as_url(url_of(str(connection.settings_dict["NAME"]))),
            "AMBIDESK_DATA": str(place),
            "AMBIDESK_TEST_FAULTS": "1",
        }

    def start(self, word: str, *, crash_at: str = "") -> None:
        more = ["--smtp-port", str(self.port)] if word == "smtp" else []
        self._processes[word] = subprocess.Popen(
            [sys.executable, "-m", "ambidesk.edge.commands", word, *more],
            env={**self._environment, "CRASH_AT": crash_at},
        )
        if word == "smtp":
            wait_for(lambda: is_answered(self.port))

    def limit_files(self, word: str, size: int) -> None:
        """Let a process write no file beyond a size, as a disk without room would."""
        resource.prlimit(self._processes[word].pid, resource.RLIMIT_FSIZE, (size, -1))

    def has_crashed(self, word: str) -> bool:
        return self._processes[word].poll() == -signal.SIGKILL

    def stop(self) -> None:
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.wait(PATIENCE_SECONDS)


def _as_url(conninfo: str) -> str:
    given = psycopg.conninfo.conninfo_to_dict(conninfo)
    name = given.pop("dbname")
    query = "&".join(f"{key}={value}" for key, value in given.items())
    return f"postgresql:///{name}?{query}"


@pytest.fixture
def desk(house: Cast, files: Path, tmp_path: Path) -> Iterator[Desk]:
    running = Desk(tmp_path)
    yield running
    running.stop()


def mails() -> list[bytes]:
    """Small and large ones, some of which share a Message-ID."""
    return [
        letter(
            LARGE * 2_000 if number % 10 == 0 else f"Mail {number}",
            subject=f"S{number}",
            sender=f"p{number}@example.org",
            message_id=f"m{number // 2}@example.org",
        )
        for number in range(MAILS)
    ]


@contextmanager
def senders(desk: Desk, raws: list[bytes]) -> Iterator[None]:
    """Have servers bring mails, again and again until each was acknowledged."""
    with ThreadPoolExecutor(4) as pool:
        sent = pool.map(lambda raw: _bring(desk, raw), raws)
        yield
        assert all(sent)


def _bring(desk: Desk, raw: bytes) -> bool:
    for _attempt in range(1_200):
        try:
            with smtplib.SMTP("127.0.0.1", desk.port, timeout=PATIENCE_SECONDS) as client:
                client.sendmail("relay@example.org", ["help@polka.example"], raw)
        except (OSError, smtplib.SMTPException):
            threading.Event().wait(0.1)
        else:
            return True
    return False


def let_leases_end() -> None:
    """Have the time pass that a killed worker still holds mails and mailboxes."""
    MailboxPosition.objects.update(attended_until=None)
    IntakeItem.objects.filter(leased_until__isnull=False).update(leased_until="2000-01-01T00:00Z")


def all_taken_in() -> bool:
    return not IntakeItem.objects.filter(state=IntakeState.WAITING).exists()


def subjects() -> list[str]:
    return sorted(Ticket.objects.values_list("subject", flat=True))


@pytest.mark.parametrize("point", taking.CRASH_POINTS)
def test_reception_killed_under_load_loses_and_doubles_nothing(desk: Desk, point: str) -> None:
    desk.start("smtp", crash_at=point)
    with senders(desk, mails()):
        wait_for(lambda: desk.has_crashed("smtp"))
        desk.start("smtp")
    desk.start("worker")
    wait_for(lambda: len(subjects()) >= MAILS and all_taken_in())
    assert subjects() == sorted(f"S{number}" for number in range(MAILS))


@pytest.mark.parametrize("point", [*lane.CRASH_POINTS, *taking_in.CRASH_POINTS])
def test_an_intake_killed_under_load_loses_and_doubles_nothing(desk: Desk, point: str) -> None:
    desk.start("smtp")
    desk.start("worker", crash_at=point)
    with senders(desk, mails()):
        wait_for(lambda: desk.has_crashed("worker"))
        let_leases_end()
        desk.start("worker")
    wait_for(lambda: len(subjects()) >= MAILS and all_taken_in())
    assert subjects() == sorted(f"S{number}" for number in range(MAILS))
    assert not IntakeItem.objects.exclude(state=IntakeState.DONE).exists()


@pytest.mark.parametrize("point", [*looking.CRASH_POINTS, *taking.CRASH_POINTS])
def test_a_reader_of_mailboxes_killed_loses_and_doubles_nothing(
    desk: Desk, house: Cast, point: str
) -> None:
    with serving() as dovecot:
        account = MailAccount(imap=dovecot.access("help"))
        Channel.objects.filter(pk=house.shop_mail.pk).update(
            settings=settings_of(account), secret=secret_of(account)
        )
        dovecot.put("help", *mails())
        desk.start("worker", crash_at=point)
        wait_for(lambda: desk.has_crashed("worker"))
        let_leases_end()
        desk.start("worker")
        wait_for(lambda: len(subjects()) >= MAILS and all_taken_in())
        assert subjects() == sorted(f"S{number}" for number in range(MAILS))
        wait_for(lambda: dovecot.seen("help") == MAILS)
        assert dovecot.count("help") == MAILS


def test_a_disk_without_room_acknowledges_nothing_and_holds_up_no_small_mail(desk: Desk) -> None:
    large = letter(os.urandom(1_500_000).hex())
    desk.start("smtp")
    desk.limit_files("smtp", 500_000)
    with smtplib.SMTP("127.0.0.1", desk.port, timeout=PATIENCE_SECONDS) as client:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            client.sendmail("relay@example.org", ["help@polka.example"], large)
        assert refused.value.smtp_code == 452
        client.sendmail("relay@example.org", ["help@polka.example"], letter("Small"))
        assert IntakeItem.objects.count() == 1
        desk.limit_files("smtp", -1)
        client.sendmail("relay@example.org", ["help@polka.example"], large)
    assert {raw_of(item) for item in IntakeItem.objects.all()} >= {large}
