"""Mail by real connections: a reception on a free port, over a database that really commits."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from pytest_django import DjangoDbBlocker

from ambidesk.support.channels.mail.parser_process import ParserProcess
from ambidesk.support.channels.mail.reception import serve
from ambidesk.support.channels.mail.smtp.guests import Limits
from tests.cast import Cast, make_cast
from tests.clones import made, pointed_at
from tests.ports import free_port
from tests.support.channels.mail.post import PostOffice
from tests.waiting import PATIENCE_SECONDS, wait_for


@dataclass(frozen=True, kw_only=True)
class Reception:
    """A running reception."""

    port: int
    lmtp_port: int
    stop: threading.Event = field(default_factory=threading.Event)

    def client(self) -> smtplib.SMTP:
        return smtplib.SMTP("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)

    def send(self, raw: bytes, *to: str, sender: str = "anna@example.org") -> None:
        with self.client() as client:
            client.sendmail(sender, list(to or ["help@polka.example"]), raw)


@contextmanager
def receiving(limits: Limits | None = None, *, port: int | None = None) -> Iterator[Reception]:
    """Run a reception in a thread."""
    reception = Reception(port=port or free_port(), lmtp_port=free_port())
    thread = threading.Thread(
        target=serve,
        kwargs={
            "host": "127.0.0.1",
            "port": reception.port,
            "lmtp_port": reception.lmtp_port,
            "stop": reception.stop,
            "limits": limits,
        },
    )
    thread.start()
    try:
        wait_for(lambda: is_answered(reception.port))
        yield reception
    finally:
        reception.stop.set()
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


def is_answered(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def files(settings: LazySettings, tmp_path: Path) -> Path:
    """A file store of the test's own."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture(scope="session")
def peopled(template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, Cast]]:
    """A database with the standing cast in it, and the cast."""
    with django_db_blocker.unblock(), made(template) as name:
        with pointed_at(name):
            cast = make_cast(datetime.now(UTC))
        yield name, cast


@pytest.fixture
def house(
    peopled: tuple[str, Cast], files: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Cast]:
    """The standing cast in a database whose transactions really commit."""
    template, cast = peopled
    with django_db_blocker.unblock(), made(template) as name, pointed_at(name):
        yield deepcopy(cast)


@pytest.fixture
def reception(house: Cast) -> Iterator[Reception]:
    """A reception with the usual limits."""
    with receiving() as running:
        yield running


@pytest.fixture(scope="session")
def parser() -> Iterator[ParserProcess]:
    """A parser's process, kept between tests as between mails."""
    with ParserProcess(deadline=PATIENCE_SECONDS) as running:
        yield running


@pytest.fixture
def post(cast: Cast, files: Path, parser: ParserProcess) -> PostOffice:
    """A post office of the standing cast."""
    return PostOffice(cast=cast, parser=parser, files=files)
