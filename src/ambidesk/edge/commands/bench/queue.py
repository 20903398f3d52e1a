"""The queue: fifty operators pull at once from four processes, beside PostgreSQL's bare claim."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
from django.db import connection

from ambidesk.edge.commands.bench import _day
from ambidesk.edge.commands.gauging.clients import at_once
from ambidesk.edge.commands.gauging.figures import Figure, say
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.generating.staff import Room, crowd, move_in
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.staff.models import Member
from ambidesk.support.routing.arranging import Arrangement, arrange_queue
from ambidesk.support.routing.attending import set_capacity, set_status
from ambidesk.support.routing.models import Mode, Place, Status
from ambidesk.support.routing.settling import settle
from ambidesk.support.routing.taking import NothingWaits, take_next
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.opening import Opening, open_many

PULLING = "ambidesk.edge.commands.bench.queue:pulling"
CLAIMING = "ambidesk.edge.commands.bench.queue:claiming"
OPERATORS, PROCESSES, SECONDS, TICKETS = 50, 4, 10, 8_000
GOAL = 300.0
AT_ONCE = 500
# The clients warm up one after the other: what counts is the time in which all of them pull.
TAKEN = """
    WITH taken AS (SELECT subject_id, at FROM journal_entry WHERE kind = 'routing.taken'),
         last AS (SELECT max(at) - %s * interval '1 second' AS since FROM taken)
    SELECT (SELECT count(*) FROM taken), (SELECT count(DISTINCT subject_id) FROM taken),
           count(*) / greatest(extract(epoch FROM max(at) - min(at)), 0.1)
      FROM taken, last WHERE at >= since
"""
RAW_TABLE = """
    DROP TABLE IF EXISTS bench_queue;
    CREATE TABLE bench_queue (id bigserial PRIMARY KEY, since timestamptz NOT NULL, body text);
    INSERT INTO bench_queue (since, body)
    SELECT now() + number * interval '1 ms', repeat('x', 60)
      FROM generate_series(1, 400000) AS number;
    CREATE INDEX bench_queue_next ON bench_queue (since, id)
"""
RAW_CLAIM = b"""
    DELETE FROM bench_queue WHERE id = (
        SELECT id FROM bench_queue ORDER BY since, id LIMIT 1 FOR UPDATE SKIP LOCKED)
"""


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Measure the claim alone, the verb, what was given twice or left, and a day of a sale."""
    seconds, tickets = order.seconds or SECONDS, order.tickets or TICKETS
    at = datetime.now(UTC)
    room = move_in(at)[0]
    crew = crowd(room, order.clients or OPERATORS, at=at)
    say(_("PostgreSQL alone claims rows."))
    limit = _raw(url, seconds)
    say(_("%(number)d tickets take their places.") % {"number": tickets})
    fill(room, crew, tickets=tickets, at=at)
    say(_("%(number)d operators pull.") % {"number": len(crew)})
    at_once(PULLING, url, clients=PROCESSES, seconds=seconds)
    given, distinct, pace = _figures(seconds)
    left = _rest(crew)
    pulled = Figure(
        name=f"taken by {len(crew)} operators pulling from {PROCESSES} processes",
        value=pace,
        unit="takes/s",
        goal=GOAL,
        limit=limit,
    )
    return (
        pulled,
        Figure(name="given twice", value=given - distinct, unit="tickets", goal=0),
        Figure(name="left at the end", value=left, unit="tickets", goal=0),
        *_day.figures(room, crew[: _day.OPERATORS]),
    )


def fill(room: Room, crew: Sequence[Member], *, tickets: int, at: datetime) -> None:
    """Have the crew attend and so many tickets wait for them."""
    arrange_queue(room.team, Arrangement(mode=Mode.PULL), by=SYSTEM, at=at)
    for member in crew:
        set_capacity(member, 100, by=SYSTEM, at=at)
        set_status(member, Status.ONLINE, by=SYSTEM, at=at)
    caller = Caller(kind=IdentityKind.EMAIL, value="visitor@bench.example", name="Visitor")
    visitor = meet(caller, by=SYSTEM, at=at)
    for first in range(0, tickets, AT_ONCE):
        openings = [
            Opening(
                brand=room.brand,
                requester=visitor,
                subject=f"Question {number}",
                channel=room.channel,
            )
            for number in range(first, min(first + AT_ONCE, tickets))
        ]
        opened = open_many(openings, by=SYSTEM, at=at)
        settle([ticket.pk for ticket in opened], by=SYSTEM, at=at)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE routing_place, tickets_ticket")


def pulling(_url: str, number: int) -> Callable[[], object]:
    """Give the step of one process: each of its operators takes the next one, all at once."""
    rows = Member.objects.filter(operator__status=Status.ONLINE).select_related("user")
    crew = list(rows.order_by("pk"))[number::PROCESSES]
    actors = {member.pk: actor_of(member.user) for member in crew}
    pool = ThreadPoolExecutor(len(crew))

    def take(member: Member) -> int | None:
        try:
            return take_next(member, by=actors[member.pk], at=datetime.now(UTC)).pk
        except NothingWaits:
            return None

    def round_of_takes() -> None:
        taken = list(pool.map(take, crew))
        # What is taken is done with after each round: the measurement is about taking.
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM routing_engagement WHERE ticket_id = ANY(%s)", [taken])

    return round_of_takes


def claiming(url: str, number: int) -> Callable[[], object]:
    """Give the step of one process of the bare claim, as many sessions as it has operators."""
    sessions = [
        psycopg.connect(url, autocommit=True) for _each in range(number, OPERATORS, PROCESSES)
    ]
    pool = ThreadPoolExecutor(len(sessions))
    return lambda: list(
        pool.map(lambda session: session.execute(RAW_CLAIM, prepare=True), sessions)
    )


def _raw(url: str, seconds: float) -> float:
    with psycopg.connect(url, autocommit=True) as session:
        session.execute(RAW_TABLE.encode())
        session.execute("VACUUM ANALYZE bench_queue")
        before = _length(session)
        at_once(CLAIMING, url, clients=PROCESSES, seconds=seconds)
        claimed = before - _length(session)
        session.execute("DROP TABLE bench_queue")
    return claimed / seconds


def _length(session: "psycopg.Connection[tuple[int, ...]]") -> int:
    row = session.execute("SELECT count(*) FROM bench_queue").fetchone()
    return row[0] if row else 0


def _figures(seconds: float) -> tuple[int, int, float]:
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, [seconds])
        given, distinct, pace = cursor.fetchone()
    return int(given), int(distinct), float(pace or 0)


def _rest(crew: Sequence[Member]) -> int:
    """Take what is still there, then say what nobody got."""
    step = pulling(os.environ["DATABASE_URL"], 0)
    while Place.objects.exists():
        before = Place.objects.count()
        step()
        if Place.objects.count() == before:
            break
    return Ticket.objects.filter(assignee=None).count() if crew else 0
