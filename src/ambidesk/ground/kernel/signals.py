"""
Signals: hints that something changed, sent after commit from one connection, batched.

NOTIFY takes a database-wide lock at commit, hence never inside the transaction of the change.
"""

import atexit
import json
import logging
import threading
from functools import partial
from typing import Any

import psycopg
from django.db import connection, transaction

log = logging.getLogger(__name__)
CHANNEL = "ambidesk"
# pg_notify refuses payloads of 8,000 bytes.
PAYLOAD_BYTES = 7_900
LONGEST_TOPIC = 200
# Between a topic and the note that goes with it.
NOTE = "#"
DELAY_SECONDS = 0.5
FAREWELL_SECONDS = 2.0


def signal(topic: str, *, note: str = "") -> None:
    """
    Tell the topic's listeners once the transaction is committed; nothing after a rollback.

    A topic is printable ASCII of up to 200 characters, such as ticket:42. By its note, an id or a
    word, whoever knows that already spares themselves the asking.
    """
    topic = f"{topic}{NOTE}{note}" if note else topic
    if not topic.isascii() or not topic.isprintable() or not 0 < len(topic) <= LONGEST_TOPIC:
        raise ValueError(f"not a topic: {topic[:LONGEST_TOPIC]!r}")
    transaction.on_commit(partial(_send, topic))


def flush(*, seconds: float = FAREWELL_SECONDS) -> bool:
    """Wait until all that was signalled is sent; False when the time did not suffice."""
    return _sender.flush(seconds)


def close(*, seconds: float = FAREWELL_SECONDS) -> None:
    """Send what is left and let go of the connection; the next signal opens another one."""
    _sender.close(seconds)


class Sender:
    """The process's one thread and connection for signals; a topic waits in it once at most."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: dict[str, None] = {}
        self._sending = False
        self._closing = False
        self._thread: threading.Thread | None = None

    def put(self, topic: str, parameters: dict[str, Any]) -> None:
        with self._changed:
            self._due[topic] = None
            self._closing = False
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(
                    target=self._run, args=(parameters,), name="signals", daemon=True
                )
                self._thread.start()
            self._changed.notify_all()

    def flush(self, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: not self._due and not self._sending, seconds)

    def close(self, seconds: float) -> None:
        self.flush(seconds)
        with self._changed:
            thread, self._closing = self._thread, True
            self._changed.notify_all()
        if thread is not None:
            thread.join(seconds)

    def _run(self, parameters: dict[str, Any]) -> None:
        batch: list[str] = []
        while True:
            try:
                with psycopg.connect(**parameters) as session:
                    while batch := batch or self._next():
                        session.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(batch)])
                        batch = []
                    return
            except psycopg.OperationalError as broken:
                # The database restarts: what was not sent is sent again, a hint twice is no harm.
                log.warning("signals wait for the database: %s", broken)
                threading.Event().wait(DELAY_SECONDS)
            except psycopg.Error:
                log.exception("signals were refused: %s", batch)
                batch = []

    def _next(self) -> list[str]:
        """Wait for topics and take as many as fit into a payload; none when closing."""
        with self._changed:
            self._sending = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._due or self._closing)
            self._sending = bool(self._due)
            taken, size = list[str](), 0
            for topic in self._due:
                size += len(json.dumps(topic)) + 2
                if size > PAYLOAD_BYTES:
                    break
                taken.append(topic)
            for topic in taken:
                del self._due[topic]
            if not taken:
                self._thread = None
            return taken


_sender = Sender()
# Daemon threads die without a word; a command that ends at once still tells what it did.
atexit.register(close)


def _send(topic: str) -> None:
    parameters = connection.get_connection_params()
    for django_own in ("cursor_factory", "context"):
        parameters.pop(django_own, None)
    _sender.put(topic, {**parameters, "autocommit": True, "application_name": "ambidesk signals"})
