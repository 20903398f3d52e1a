"""Ledgers: what senders, desk and receivers remember agrees, whatever was killed meanwhile."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ambidesk.edge.commands.cluster import Cluster
from tests.edge.commands.console import Running, start
from tests.faults.people import FURNISH, OPERATOR, Senders, kill, python
from tests.support.channels.mail import relays
from tests.support.channels.mail.relays import Relay
from tests.waiting import PATIENCE_SECONDS, wait_for

pytestmark = pytest.mark.fault
MAILS = 240
ROUNDS = ("worker", "smtp", "postgres", "worker", "web", "postgres", "smtp", "worker")
INBOUND = """
    SELECT message.external_id, count(filing.id)
      FROM conversations_message message
      LEFT JOIN tickets_filing filing
             ON filing.message_id = message.id AND filing.withdrawn_at IS NULL
     WHERE message.direction = 'in'
     GROUP BY message.id
"""
UNFINISHED = """
    SELECT (SELECT count(*) FROM conversations_intake_item WHERE state <> 'done')
         + (SELECT count(*) FROM conversations_delivery WHERE state <> 'sent')
         + (SELECT count(*) FROM tickets_ticket WHERE first_answered_at IS NULL)
"""


@pytest.fixture
def relay() -> Iterator[Relay]:
    with relays.relay() as taking:
        yield taking


@pytest.fixture
def desk(tmp_path: Path, relay: Relay) -> Iterator[Running]:
    desk = start(tmp_path / "desk", AMBIDESK_SMTP_RELAY=relay.url)
    yield desk
    desk.stop()


def asked(url: str, question: str) -> list[tuple]:
    with psycopg.connect(url, autocommit=True) as session:
        return session.execute(question).fetchall()


def answered(url: str, question: str) -> list[tuple] | None:
    """The same of a database that may be away just now."""
    try:
        return asked(url, question)
    except psycopg.OperationalError:
        return None


def test_every_acknowledged_mail_is_one_ticket_and_every_answer_leaves(
    desk: Running, relay: Relay
) -> None:
    url = Cluster(desk.place).url()
    assert python(FURNISH, url=url).wait(PATIENCE_SECONDS) == 0
    operator = python(OPERATOR, url=url)
    senders = Senders(smtp=desk.smtp, count=MAILS)
    threads = senders.start(at_once=4)
    try:
        for word in ROUNDS:
            if word == "smtp":
                senders.let_go.set()
            kill(desk, word)
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
        wait_for(lambda: answered(url, UNFINISHED) == [(0,)], seconds=600)
    finally:
        senders.gone.set()
        senders.let_go.set()
        operator.kill()
        operator.wait()

    assert len(senders.acknowledged) == MAILS
    inbound = dict(asked(url, INBOUND))
    # Each once in the desk, each on one ticket; a sender that heard no 250 has sent it again.
    assert inbound == dict.fromkeys(senders.acknowledged, 1)
    assert asked(url, "SELECT count(*) FROM tickets_ticket") == [(MAILS,)]
    assert senders.attempts > MAILS

    answers = {
        row[0]
        for row in asked(
            url, "SELECT external_id FROM conversations_message WHERE direction = 'out'"
        )
    }
    received = Counter(each.mail["Message-ID"].strip("<>") for each in relay.taken)
    assert set(received) == answers
    # A second time only in the window that the promises name: one mail under way a killed process.
    doubles = sum(received.values()) - len(answers)
    assert doubles <= len(ROUNDS)
