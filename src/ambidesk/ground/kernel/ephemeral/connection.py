"""The own connection of ephemeral state: autocommit, one a thread, opened when it is needed."""

import threading
from typing import Any

import psycopg
from django.db import connection

_local = threading.local()


def execute(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """Run a statement of its own transaction and return its rows; a lost connection is reopened."""
    for attempt in range(2):
        try:
            cursor = _connection().execute(sql, values)  # type: ignore[arg-type]  # constant SQL
            return cursor.fetchall() if cursor.description else []
        except (psycopg.OperationalError, psycopg.InterfaceError):
            close()
            if attempt:
                raise
    return []


def close() -> None:
    """Close this thread's connection."""
    held = getattr(_local, "connection", None)
    if held is not None:
        held.close()
    _local.connection = None


def _connection() -> psycopg.Connection[Any]:
    settings = connection.settings_dict
    name = (settings["NAME"], settings["HOST"], settings["PORT"])
    held = getattr(_local, "connection", None)
    if held is None or held.closed or _local.name != name:
        close()
        parameters = connection.get_connection_params()
        for key in ("cursor_factory", "context", "prepare_threshold"):
            parameters.pop(key, None)
        _local.connection = psycopg.connect(**parameters, autocommit=True)
        _local.name = name
    return _local.connection  # type: ignore[no-any-return]  # thread-local
