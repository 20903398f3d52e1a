"""Listening: the signals of the database, on a connection that is opened again after every loss."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import psycopg
import structlog
from psycopg import sql

from ambidesk.ground.kernel.signals import CHANNEL

log = structlog.get_logger(__name__)
# A LISTEN can be lost without an error; a word to ourselves that does not come back tells.
ECHO_SECONDS = 20.0
PAUSE_SECONDS = 0.5


class Hearing(Protocol):
    """Whoever is told of topics; the hub is one."""

    def spread(self, topics: Iterable[str]) -> None:
        """Take these topics as changed."""

    def spread_to_all(self) -> None:
        """Take everything as changed: signals may have been lost."""


async def listen(hub: Hearing, parameters: Mapping[str, Any]) -> None:
    """Feed the hub for ever; what was told before it hears may be missing, so it hints at all."""
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                **parameters, autocommit=True
            ) as connection:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                hub.spread_to_all()
                await _feed(hub, connection)
        except (psycopg.Error, OSError) as lost:
            log.warning("signals-lost", reason=str(lost))
        await asyncio.sleep(PAUSE_SECONDS)


async def _feed(hub: Hearing, connection: psycopg.AsyncConnection[Any]) -> None:
    echo = f"echo:{id(connection)}"
    while True:
        heard = False
        async for notice in connection.notifies(timeout=ECHO_SECONDS):
            topics = json.loads(notice.payload)
            hub.spread(topic for topic in topics if topic != echo)
            heard = True
        if heard:
            continue
        await connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps([echo])])
        async for notice in connection.notifies(timeout=ECHO_SECONDS, stop_after=1):
            hub.spread(topic for topic in json.loads(notice.payload) if topic != echo)
            heard = True
        if not heard:
            raise psycopg.OperationalError("an echo did not come back")
