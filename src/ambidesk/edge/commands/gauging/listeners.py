"""Listeners: many open streams in one process, each noting when a hint comes."""

import asyncio
from collections.abc import Sequence
from time import perf_counter
from urllib.parse import quote

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

HINT, OPENED, REFUSED = b"event: hint", b"event: open", b" 4"
OPENING_SECONDS = 120.0
# As many browsers connect at a time; a desk is never opened by all in one moment.
AT_A_TIME = 50


class Audience:
    """The streams of one topic; `times` are the milliseconds from a change to each hint."""

    def __init__(self, host: str, port: int, *, topic: str) -> None:
        self._host, self._port = host, port
        self._path = f"/stream?topics={quote(topic)}"
        self._seats: list[_Seat] = []
        self.times: list[float] = []
        self.first_ms = 0.0
        self.missed = 0

    async def gather(self, cookies: Sequence[str]) -> None:
        """
        Open a stream for each cookie.

        Raises:
            Trouble: not all of them could be opened.
        """
        gate = asyncio.Semaphore(AT_A_TIME)

        async def enter(cookie: str) -> None:
            async with gate:
                await self._open(cookie)

        try:
            async with asyncio.timeout(OPENING_SECONDS):
                await asyncio.gather(*(enter(cookie) for cookie in cookies))
        except (TimeoutError, OSError) as wrong:
            raise Trouble(
                _("Of %(all)d streams only %(open)d could be opened.")
                % {"all": len(cookies), "open": len(self._seats)}
            ) from wrong

    async def _open(self, cookie: str) -> None:
        loop = asyncio.get_running_loop()
        _transport, seat = await loop.create_connection(_Seat, self._host, self._port)
        seat.ask(self._path, self._host, cookie)
        await seat.opened
        self._seats.append(seat)

    def listen(self) -> None:
        """Forget what was heard."""
        for seat in self._seats:
            seat.heard_at = None

    async def all_heard(self, *, since: float, seconds: float) -> None:
        """Wait until every stream has heard of a change, and note how long it took each."""
        until = perf_counter() + seconds
        while perf_counter() < until:
            if all(seat.heard_at is not None for seat in self._seats):
                break
            await asyncio.sleep(0.005)
        heard = [seat.heard_at for seat in self._seats if seat.heard_at is not None]
        self.missed += len(self._seats) - len(heard)
        took = [max(at - since, 0.0) * 1000 for at in heard]
        self.times += took
        self.first_ms = min(took, default=seconds * 1000)

    def leave(self) -> None:
        """Close the streams."""
        for seat in self._seats:
            seat.close()


class _Seat(asyncio.Protocol):
    """One stream; it reads just enough to know what comes."""

    def __init__(self) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.heard_at: float | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def ask(self, path: str, host: str, cookie: str) -> None:
        lines = (f"GET {path} HTTP/1.1", f"Host: {host}", f"Cookie: {cookie}", "", "")
        if self._transport:
            self._transport.write("\r\n".join(lines).encode())

    def data_received(self, data: bytes) -> None:
        if self.opened.done():
            if self.heard_at is None and HINT in data:
                self.heard_at = perf_counter()
        elif OPENED in data:
            self.opened.set_result(None)
        elif data[8:10] == REFUSED:
            self.opened.set_exception(OSError(data[:40]))

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(exc or OSError("closed"))

    def close(self) -> None:
        if self._transport:
            self._transport.close()
