"""Patience: a question to the database is given up when its time is over, and nothing else is."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.errors import QueryCanceled


class TimeIsOver(Exception):  # noqa: N818 says what happened
    """The database was told to stop."""


@contextmanager
def within(until: float) -> Iterator[CursorWrapper]:
    """
    Give a cursor whose statements end at an instant (monotonic seconds).

    Raises:
        TimeIsOver: one of them did not end by itself; the transaction goes on.
    """
    left = int((until - time.monotonic()) * 1000)
    if left <= 0:
        raise TimeIsOver
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            (before,) = cursor.fetchone()
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(left)])
            yield cursor
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [before])
    except OperationalError as ended:
        if isinstance(ended.__cause__, QueryCanceled):
            raise TimeIsOver from ended
        raise
