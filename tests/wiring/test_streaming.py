"""Open streams as they are wired: they end with the right to have them."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client

from ambidesk.ground.kernel import signals
from ambidesk.ground.kernel.realtime.stream import Asked
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.granting import withdraw_authority
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.revoking import sweep_ended
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.staff.hiring import dismiss
from ambidesk.wiring.streaming import admit, desk_over
from tests.cast import make_cast
from tests.clients import Clients, make_clients
from tests.clones import url_of
from tests.waiting import PATIENCE_SECONDS, wait_for


class Caller:
    """A browser that opens the stream and stays."""

    def __init__(self, session: str, topics: str) -> None:
        self.session, self.topics = session, topics
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": "/stream",
            "query_string": f"topics={topics}".encode(),
            "headers": [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode())],
        }
        self.heard: list[dict[str, Any]] = []
        self.answered, self.opened, self.hinted = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def receive(self) -> dict[str, str]:
        await asyncio.Event().wait()
        raise AssertionError("nobody wakes it")

    async def send(self, message: dict[str, Any]) -> None:
        self.heard.append(message)
        self.answered.set()
        if b"event: open" in message.get("body", b""):
            self.opened.set()
        if b"event: hint" in message.get("body", b""):
            self.hinted.set()

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
        # Whatever is told before it listens it does not hear.
        await asyncio.to_thread(wait_for, _is_listened)

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
    of_olga, of_ivan = _session_of_user(cast.olga.user), _session_of_user(cast.ivan.user)
    topics = f"tickets:brand:{cast.shop.pk}"
    go = partial(dismiss, cast.olga, by=SYSTEM, at=cast.at)
    status = asyncio.run(_ended(Caller(of_olga, topics), Caller(of_ivan, topics), go))
    assert status == 401


def test_an_open_stream_ends_within_seconds_when_a_right_is_taken_away_or_runs_out(
    clone: str,
) -> None:
    clients = make_clients(make_cast(datetime.now(UTC)))
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    topic = f"ticket:{ticket.pk}"
    sessions = {each.pk: _session_of(clients, each) for each in (clients.manager, clients.director)}
    # What making the accounts told is told before anybody listens.
    sweep_ended(at=clients.cast.at)
    signals.flush(seconds=PATIENCE_SECONDS)
    of_manager, of_director = sessions[clients.manager.pk], sessions[clients.director.pk]
    row = Authority.objects.get(contact=clients.manager)

    def run_out() -> None:
        soon = clients.cast.at + timedelta(milliseconds=1)
        Authority.objects.filter(pk=row.pk).update(until=soon)
        # No worker ran for an hour: it catches up with what it missed.
        assert sweep_ended(at=clients.cast.at + timedelta(hours=1)) == 1

    assert (
        asyncio.run(_ended(Caller(of_manager, topic), Caller(of_director, topic), run_out)) == 200
    )
    Authority.objects.filter(pk=row.pk).update(until=None)
    go = partial(withdraw_authority, row, by=SYSTEM, at=datetime.now(UTC))
    assert asyncio.run(_ended(Caller(of_manager, topic), Caller(of_director, topic), go)) == 200


def test_a_right_that_went_while_nobody_listened_ends_its_stream_and_no_other(clone: str) -> None:
    cast = make_cast(datetime.now(UTC))
    of_olga, of_ivan = _session_of_user(cast.olga.user), _session_of_user(cast.ivan.user)
    topics = f"tickets:brand:{cast.shop.pk}"

    def go() -> None:
        # Till the thread is done the server's loop stands: it does not listen again before.
        assert _cut_the_ear() == 1
        dismiss(cast.olga, by=SYSTEM, at=cast.at)

    one, other = Caller(of_olga, topics), Caller(of_ivan, topics)
    assert asyncio.run(_ended(one, other, go, is_unheard=True)) == 401


def test_what_somebody_hears_no_more_after_a_gap_ends_the_stream(clone: str) -> None:
    clients = make_clients(make_cast(datetime.now(UTC)))
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    topic = f"ticket:{ticket.pk}"
    manager, director = (_session_of(clients, who) for who in (clients.manager, clients.director))
    sweep_ended(at=clients.cast.at)
    signals.flush(seconds=PATIENCE_SECONDS)
    row = Authority.objects.get(contact=clients.manager)

    def go() -> None:
        assert _cut_the_ear() == 1
        withdraw_authority(row, by=SYSTEM, at=datetime.now(UTC))

    one, other = Caller(manager, topic), Caller(director, topic)
    assert asyncio.run(_ended(one, other, go, is_unheard=True)) == 200


def test_nobody_hears_of_a_ticket_of_another_company(clone: str) -> None:
    clients = make_clients(make_cast(datetime.now(UTC)))
    theirs = clients.ask(clients.owner, "Lift stands", clients.house_site)
    own = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    topics = {f"ticket:{theirs.pk}", f"ticket:{own.pk}", f"user:{clients.user(clients.owner).pk}"}
    topics |= {f"tickets:brand:{clients.cast.shop.pk}", "problems", "calls", "incidents"}
    cookies = {settings.SESSION_COOKIE_NAME: _session_of(clients, clients.director)}
    admitted = admit(Asked(topics=tuple(topics), cookies=cookies, path="/stream", headers={}))
    assert admitted
    assert admitted.topics == {f"ticket:{own.pk}"}


def _session_of(clients: Clients, contact: Contact) -> str:
    return _session_of_user(clients.user(contact))


def _session_of_user(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _is_listened() -> bool:
    """Whether the server listens to the database of this test."""
    asked = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND query LIKE 'LISTEN %%'"
    with psycopg.connect(url_of("postgres")) as session:
        return bool(session.execute(asked, [connection.settings_dict["NAME"]]).fetchone())


def _cut_the_ear() -> int:
    """End the session by which the server listens; say how many there were."""
    ended = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = %s AND application_name <> 'ambidesk signals'
           AND (query LIKE 'LISTEN %%' OR query LIKE 'SELECT pg_notify%%')
    """
    with psycopg.connect(url_of("postgres")) as session:
        return len(session.execute(ended, [connection.settings_dict["NAME"]]).fetchall())


async def _ended(
    one: Caller, other: Caller, act: Callable[[], object], *, is_unheard: bool = False
) -> int:
    """
    Open two streams, act, and see that just the first ends; say how it is answered after.

    What is done `is_unheard` is done while the server's loop stands still.
    """
    server = Server()
    await server.start()
    first, second = server.open(one), server.open(other)
    for caller in (one, other):
        await asyncio.wait_for(caller.opened.wait(), PATIENCE_SECONDS)

    def go() -> None:
        act()
        assert signals.flush(seconds=PATIENCE_SECONDS)

    if is_unheard:
        other.hinted.clear()
        doing = threading.Thread(target=go)
        doing.start()
        doing.join()
        # Whoever stays is told to ask for everything again.
        await asyncio.wait_for(other.hinted.wait(), PATIENCE_SECONDS)
    else:
        await asyncio.to_thread(go)
    await asyncio.wait_for(first, PATIENCE_SECONDS)
    assert one.heard[-1]["more_body"] is False
    assert not second.done()

    again = Caller(one.session, one.topics)
    opened = server.open(again)
    await asyncio.wait_for(again.answered.wait(), PATIENCE_SECONDS)
    await server.stop()
    await asyncio.wait_for(asyncio.gather(second, opened), PATIENCE_SECONDS)
    return again.status
