"""Signals: after the commit, never after a rollback, also past a broken session."""

import json
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction

from ambidesk.ground.kernel import signals
from ambidesk.ground.kernel.signals import signal
from tests.ground.kernel.conftest import url_of
from tests.waiting import PATIENCE_SECONDS


class Listener:
    def __init__(self, database: str) -> None:
        self.session = psycopg.connect(url_of(database), autocommit=True)
        self.session.execute(f"LISTEN {signals.CHANNEL}")
        self.payloads: list[str] = []

    def heard(self, last: str, *, seconds: float = PATIENCE_SECONDS) -> list[str]:
        """All topics up to the one that comes last."""
        topics: list[str] = []
        for notice in self.session.notifies(timeout=seconds):
            self.payloads.append(notice.payload)
            topics += json.loads(notice.payload)
            if last in topics:
                break
        return topics


@pytest.fixture
def listener(clone: str) -> Iterator[Listener]:
    made = Listener(clone)
    yield made
    made.session.close()


def test_signals_come_by_themselves_after_the_commit(listener: Listener) -> None:
    with transaction.atomic():
        signal("ticket:1")
        signal("ticket:2")
    assert listener.heard("ticket:2") == ["ticket:1", "ticket:2"]


def test_nothing_is_heard_of_what_was_rolled_back(listener: Listener) -> None:
    with transaction.atomic():
        signal("ticket:1")
        transaction.set_rollback(True)
    signal("ticket:2")
    assert listener.heard("ticket:2") == ["ticket:2"]


def test_nothing_is_heard_before_the_commit(listener: Listener) -> None:
    with transaction.atomic():
        signal("ticket:1")
        assert signals.flush(seconds=PATIENCE_SECONDS)
        assert listener.heard("ticket:1", seconds=0.2) == []
    assert listener.heard("ticket:1") == ["ticket:1"]


def test_a_flood_is_sent_in_few_payloads_and_each_topic_once(listener: Listener) -> None:
    with transaction.atomic():
        for number in range(1000):
            signal(f"ticket:{number % 500}")
    signals.flush(seconds=PATIENCE_SECONDS)
    signal("the last")
    topics = listener.heard("the last")
    assert set(topics) == {f"ticket:{number}" for number in range(500)} | {"the last"}
    assert len(listener.payloads) < 100
    assert max(len(payload) for payload in listener.payloads) < 8000


def test_the_longest_topics_fit_into_a_payload(listener: Listener) -> None:
    longest = [f'{number:"<200}' for number in range(100)]
    with transaction.atomic():
        for topic in longest:
            signal(topic)
        signal("the last")
    assert set(listener.heard("the last")) == {*longest, "the last"}


def test_signals_go_on_when_their_session_was_cut(listener: Listener) -> None:
    signal("ticket:1")
    listener.heard("ticket:1")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'ambidesk signals' AND datname = current_database()"
        )
        assert cursor.fetchall() == [(True,)]
    signal("ticket:2")
    assert listener.heard("ticket:2") == ["ticket:2"]


def test_after_closing_the_next_signal_opens_the_session_again(listener: Listener) -> None:
    signal("ticket:1")
    signals.close()
    signal("ticket:2")
    assert listener.heard("ticket:2") == ["ticket:1", "ticket:2"]


@pytest.mark.parametrize("topic", ["", "ticket:\n1", "билет:1", "x" * 201])
def test_what_is_no_topic_is_refused_before_it_can_stop_the_others(topic: str) -> None:
    with pytest.raises(ValueError, match="not a topic"):
        signal(topic)
