"""
Signals: hints that something changed, sent after commit from one connection, batched.

NOTIFY takes a database-wide lock at commit, hence never inside the transaction of the change.
"""

import json
import queue
import threading
from functools import partial

import psycopg
from django.db import connection, transaction

CHANNEL = "ambidesk"
# pg_notify refuses payloads of 8,000 bytes.
TOPICS_AT_ONCE = 150
_due: "queue.SimpleQueue[str]" = queue.SimpleQueue()
_sender: list[threading.Thread] = []
_starting = threading.Lock()


def signal(topic: str) -> None:
    """Tell the topic's listeners once the transaction is committed; nothing after a rollback."""
    transaction.on_commit(partial(_send, topic))


def _send(topic: str) -> None:
    _due.put(topic)
    with _starting:
        if not _sender or not _sender[0].is_alive():
            parameters = connection.get_connection_params()
            parameters.pop("cursor_factory", None)
            parameters.pop("context", None)
            thread = threading.Thread(
                target=_deliver, args=(parameters,), name="signals", daemon=True
            )
            _sender[:] = [thread]
            thread.start()


def _deliver(parameters: dict[str, object]) -> None:
    held: list[str] = []
    while True:
        held = held or _collected()
        try:
            with psycopg.connect(**parameters, autocommit=True) as sender:  # type: ignore[arg-type]
                while True:
                    sender.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(held)])
                    held = _collected()
        except psycopg.Error:
            threading.Event().wait(0.5)


def _collected() -> list[str]:
    topics = {_due.get(): None}
    while len(topics) < TOPICS_AT_ONCE:
        try:
            topics[_due.get_nowait()] = None
        except queue.Empty:
            break
    return list(topics)
