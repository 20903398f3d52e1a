"""Recipients: the addresses that mail is taken for, read again when they may have changed."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from ambidesk.support.channels.mail.addressing import Addressed, Directory
from ambidesk.support.conversations.models import Channel, ChannelKind

FRESH_SECONDS: Final = 5.0


class CannotTell(Exception):  # noqa: N818 says what happened
    """The database does not answer: neither yes nor no."""


class Recipients:
    """The directory of the channels in use, kept for a few seconds."""

    def __init__(self) -> None:
        self._directory: Directory | None = None
        self._read_at = 0.0
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recipients")
        self._turn = asyncio.Lock()

    async def find(self, address: str) -> Addressed | None:
        """
        Say what an address means; None when mail for it is not taken.

        Raises:
            CannotTell: it is unknown, and the database does not answer.
        """
        found = (await self._within(FRESH_SECONDS)).find(address)
        # "No" is for ever: it is only said after a fresh look. Guests who guess are sent away.
        return found or (await self._within(0.0)).find(address)

    def close(self) -> None:
        """Let go of the database."""
        self._reader.submit(connection.close)
        self._reader.shutdown()

    async def _within(self, seconds: float) -> Directory:
        async with self._turn:
            if self._directory is not None and time.monotonic() - self._read_at < seconds:
                return self._directory
            try:
                loop = asyncio.get_running_loop()
                self._directory = await loop.run_in_executor(self._reader, _read)
            except (DatabaseError, InterfaceError) as lost:
                if self._directory is None or not seconds:
                    raise CannotTell from lost
                return self._directory
            self._read_at = time.monotonic()
            return self._directory


def _read() -> Directory:
    try:
        close_old_connections()
        channels = Channel.objects.filter(kind=ChannelKind.EMAIL, enabled=True)
        return Directory(channels.exclude(address=""))
    except (DatabaseError, InterfaceError):
        with suppress(Exception):  # a session that is broken cannot be closed politely
            connection.close()
        raise
