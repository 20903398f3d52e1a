"""Realtime: how soon a change is heard and seen while two thousand screens are open."""

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import django

from ambidesk.edge.commands.gauging.asking import cookies_of
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.listeners import Audience
from ambidesk.edge.commands.gauging.memory import held_by
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.gauging.parts import allow_files, running
from ambidesk.edge.commands.generating.desk import ready
from ambidesk.edge.commands.generating.staff import Room, crowd
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.ports import free_port
from ambidesk.edge.commands.supervising.probes import web_answers
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.noting import note

HOST = "127.0.0.1"
STREAMS, A_USER = 2_000, 8
TICKETS = 10_000
CHANGES = 40
SPARE = 500
GOAL_MS = 300.0
PATIENCE_SECONDS = 5


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Open the streams, change tickets one after another, and note who hears it when."""
    tickets, messages = Order(tickets=order.tickets or TICKETS).sized()
    room = ready(url, tickets=tickets, messages=messages)[0]
    streams = order.clients or STREAMS
    allow_files(streams * 2 + SPARE)
    users = -(-streams // A_USER)
    say(_("Signing in %(number)d colleagues.") % {"number": users})
    cookies = cookies_of(crowd(room, users, at=datetime.now(UTC)))
    port = free_port(HOST, 28000)
    web = ("web", ["web", "--port", str(port)], lambda: web_answers(HOST, port))
    # Changes are made by a process of their own: who listens must have its ears free.
    with running(web), ProcessPoolExecutor(1, get_context("spawn"), django.setup) as changing:
        patience = order.seconds or PATIENCE_SECONDS
        return asyncio.run(_measure(room, port, cookies, streams, patience, changing))


async def _measure(  # noqa: PLR0917 these make up the scene
    room: Room, port: int, cookies: Sequence[str], streams: int, patience: int, changing: Executor
) -> Sequence[Figure]:
    say(_("Opening %(number)d streams.") % {"number": streams})
    topic = f"tickets:brand:{room.brand.pk}"
    before = _held()
    audience = Audience(HOST, port, topic=topic)
    await audience.gather([cookies[number % len(cookies)] for number in range(streams)])
    held = _held() - before
    say(_("Changing tickets."))
    numbers = Ticket.objects.filter(brand=room.brand).values_list("pk", flat=True)
    tickets = [number async for number in numbers[: CHANGES + 1]]
    await asyncio.wrap_future(changing.submit(_change, tickets.pop()))
    seen = []
    for ticket in tickets:
        audience.listen()
        began = await asyncio.wrap_future(changing.submit(_change, ticket))
        await audience.all_heard(since=began, seconds=patience)
        seen.append(audience.first_ms + await asyncio.to_thread(_rows, port, cookies[0]))
        await asyncio.sleep(0.2)
    audience.leave()
    missed = Figure(
        name=f"hints that did not come within {patience} s", value=audience.missed, unit="hints"
    )
    return (*_figures(audience, streams, seen), missed, _memory(held, streams))


def _figures(audience: Audience, streams: int, seen: Sequence[float]) -> Sequence[Figure]:
    return (
        Figure(
            name=f"change heard by {streams:,} streams, p50",
            value=percentile(audience.times, 0.5),
            unit="ms",
        ),
        Figure(
            name=f"change heard by {streams:,} streams, p95",
            value=percentile(audience.times, 0.95),
            unit="ms",
            goal=GOAL_MS,
        ),
        Figure(
            name="change heard and its list fetched, p95",
            value=percentile(seen, 0.95),
            unit="ms",
            goal=GOAL_MS,
        ),
    )


def _memory(held: float, streams: int) -> Figure:
    return Figure(name="memory of a stream", value=held * 1024 / streams, unit="KiB")


def _change(number: int) -> float:
    """Change a ticket; the clock is the same in all processes of a machine."""
    note(
        Ticket.objects.get(pk=number),
        text="Seen on another screen.",
        by=SYSTEM,
        at=datetime.now(UTC),
    )
    return perf_counter()


def _rows(port: int, cookie: str) -> float:
    """What a screen does with a hint: it fetches its list again."""
    began = perf_counter()
    line = HTTPConnection(HOST, port, timeout=30)
    line.request("GET", "/inbox/team/?part=rows", headers={"Cookie": cookie})
    line.getresponse().read()
    line.close()
    return (perf_counter() - began) * 1000


def _held() -> float:
    held = held_by(Path(os.environ["AMBIDESK_DATA"]))
    return sum(mib for words, mib in held.items() if " web " in f"{words} ")
