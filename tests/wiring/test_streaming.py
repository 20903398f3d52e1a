"""Open streams as they are wired: they end with the right to have them."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.test import Client

from ambidesk.ground.kernel import signals
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.hiring import dismiss
from ambidesk.wiring.streaming import desk_over
from tests.cast import Cast, make_cast
from tests.edge.web.conftest import PASSWORD

PATIENCE_SECONDS = 30


class Caller:
    """A browser that opens the stream and stays."""

    def __init__(self, session: str, topics: str) -> None:
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": "/stream",
            "query_string": f"topics={topics}".encode(),
            "headers": [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode())],
        }
        self.heard: list[dict[str, Any]] = []
        self.opened = asyncio.Event()

    async def receive(self) -> dict[str, str]:
        await asyncio.Event().wait()
        raise AssertionError("nobody wakes it")

    async def send(self, message: dict[str, Any]) -> None:
        self.heard.append(message)
        if b"event: open" in message.get("body", b""):
            self.opened.set()

    @property
    def status(self) -> int:
        return int(self.heard[0]["status"])


class Server:
    """The desk's application, alive between `start` and `stop`."""

    def __init__(self) -> None:
        self.app = desk_over(self._pages)
        self._orders: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._life: asyncio.Task[None] | None = None

    async def start(self) -> None:
        started = asyncio.Event()

        async def send(message: dict[str, str]) -> None:
            if message["type"] == "lifespan.startup.complete":
                started.set()

        self._life = asyncio.create_task(
            self.app({"type": "lifespan"}, self._orders.get, send)  # type: ignore[arg-type]
        )
        await self._orders.put({"type": "lifespan.startup"})
        await asyncio.wait_for(started.wait(), PATIENCE_SECONDS)

    async def stop(self) -> None:
        await self._orders.put({"type": "lifespan.shutdown"})
        assert self._life
        await asyncio.wait_for(self._life, PATIENCE_SECONDS)

    def open(self, caller: Caller) -> "asyncio.Task[None]":
        return asyncio.create_task(self.app(caller.scope, caller.receive, caller.send))

    async def _pages(self, _scope: Any, _receive: Any, _send: Any) -> None:
        raise AssertionError("no page is asked for")


def test_an_open_stream_ends_when_its_colleague_is_dismissed_and_others_stay(clone: str) -> None:
    cast = make_cast(datetime.now(UTC))
    sessions = {}
    for member in (cast.olga, cast.ivan):
        client = Client()
        assert client.login(email=member.user.email, password=PASSWORD)
        sessions[member.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
    topics = f"tickets:brand:{cast.shop.pk}"
    asyncio.run(_dismissed(cast, sessions[cast.olga.pk], sessions[cast.ivan.pk], topics))


async def _dismissed(cast: Cast, of_olga: str, of_ivan: str, topics: str) -> None:
    server, olga, ivan = Server(), Caller(of_olga, topics), Caller(of_ivan, topics)
    await server.start()
    first, second = server.open(olga), server.open(ivan)
    for caller in (olga, ivan):
        await asyncio.wait_for(caller.opened.wait(), PATIENCE_SECONDS)

    def go() -> None:
        dismiss(cast.olga, by=SYSTEM, at=datetime.now(UTC))
        assert signals.flush()

    await asyncio.to_thread(go)
    await asyncio.wait_for(first, PATIENCE_SECONDS)
    assert olga.heard[-1]["more_body"] is False
    assert not second.done()

    again = Caller(of_olga, topics)
    await asyncio.wait_for(server.open(again), PATIENCE_SECONDS)
    assert again.status == 401
    await server.stop()
    await asyncio.wait_for(second, PATIENCE_SECONDS)
