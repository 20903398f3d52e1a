"""
The own connections of ephemeral state: autocommit, opened when needed, shared by the threads.

They never take part in a transaction of Django's: what is counted stays counted after a rollback.
"""

import os
from collections import deque
from contextlib import suppress
from typing import Any, TypeAlias

import psycopg
from django.db import connection

Session: TypeAlias = psycopg.Connection[Any]
# More than so many wait for work at no time: bursts open further ones and close them again.
IDLE_AT_MOST = 4
# Of a restart of the database every idle session is told one by one.
TRIES = IDLE_AT_MOST + 2
_idle: deque[tuple[tuple[object, ...], Session]] = deque()


def execute(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """
    Run a statement in a transaction of its own and return its rows.

    It runs once more on a new connection where the old one turned out to be lost.
    """
    for left in reversed(range(TRIES)):
        address = _address()
        session = _taken(address)
        try:
            cursor = session.execute(sql, values)
            rows = cursor.fetchall() if cursor.description else []
        except (psycopg.OperationalError, psycopg.InterfaceError):
            lost = session.broken or session.closed
            _forget(session)
            if not lost or not left:
                raise
            continue
        except BaseException:
            _forget(session)
            raise
        _give_back(address, session)
        return rows
    raise AssertionError("the last try returns or raises")


def close() -> None:
    """Close the connections that wait, as before a database is dropped."""
    while True:
        try:
            _forget(_idle.pop()[1])
        except IndexError:
            return


def _address() -> tuple[object, ...]:
    # A fork shares no connection with its parent; tests change the name of the database.
    settings = connection.settings_dict
    return (os.getpid(), settings["NAME"], settings["HOST"], settings["PORT"])


def _taken(address: tuple[object, ...]) -> Session:
    with suppress(IndexError):
        while True:
            where, session = _idle.pop()
            if where == address and not session.closed:
                return session
            # A session of the parent process is left alone: closing it would end the parent's.
            if where[0] == os.getpid():
                _forget(session)
    parameters = connection.get_connection_params()
    for django_own in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(django_own, None)
    parameters["application_name"] = "ambidesk ephemeral"
    return psycopg.connect(**parameters, autocommit=True)


def _give_back(address: tuple[object, ...], session: Session) -> None:
    if len(_idle) < IDLE_AT_MOST:
        _idle.append((address, session))
    else:
        _forget(session)


def _forget(session: Session) -> None:
    with suppress(psycopg.Error):
        session.close()
