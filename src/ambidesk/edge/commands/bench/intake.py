"""The intake: real mails over SMTP, acknowledged when they are on disk, tickets a moment later."""

import itertools
import os
import smtplib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from time import monotonic, sleep

import psycopg

from ambidesk.edge.commands.gauging import raw
from ambidesk.edge.commands.gauging.clients import at_once, rate
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.mails import mail_of
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.gauging.parts import running
from ambidesk.edge.commands.generating.staff import move_in
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.ports import free_port
from ambidesk.edge.commands.supervising.probes import smtp_answers

SENDING = "ambidesk.edge.commands.bench.intake:sending"
PACED = "ambidesk.edge.commands.bench.intake:paced"
HOST, PORT = "127.0.0.1", "AMBIDESK_BENCH_PORT"
CLIENTS, SECONDS, WORKERS = 8, 15, 2
GOAL = 150.0
PATIENCE_SECONDS = 180
WAITING = "SELECT count(*) FROM conversations_intake_item WHERE state = 'waiting'"
TAKEN = "SELECT count(*) FROM tickets_ticket"
DELAYS = """
    SELECT extract(epoch FROM message.recorded_at - item.received_at) * 1000
      FROM conversations_message message
      JOIN conversations_intake_item item ON item.id = message.intake_id
     WHERE message.id > %s
"""


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Measure the acknowledgement alone, then the work on what waits, then both together."""
    clients, seconds = order.clients or CLIENTS, order.seconds or SECONDS
    os.environ[PORT] = str(free_port(HOST, 22525))
    move_in(datetime.now(UTC))
    size = len(mail_of(0, 0))
    say(_("PostgreSQL alone commits rows as large as the mails."))
    limit = raw.commits(url, clients=clients, seconds=seconds, size=size)
    port = int(os.environ[PORT])
    smtp = ("smtp", ["smtp", "--smtp-port", str(port)], lambda: smtp_answers(HOST, port))
    with running(smtp):
        say(_("Mails are handed in; nobody works on them yet."))
        handed_in = at_once(SENDING, url, clients=clients, seconds=seconds)
        workers = [(f"worker-{number}", ["worker"], lambda: True) for number in range(WORKERS)]
        with running(*workers):
            say(_("Two workers take in what waits."))
            capacity = _capacity(url)
            say(_("Mails arrive steadily while both workers work."))
            steady = list(_steady(url, seconds))
    return (*_acknowledged(handed_in, seconds, limit), capacity, *steady)


def sending(_url: str, number: int) -> Callable[[], object]:
    """Give the step of one client: it hands in a mail and hears that it is on disk."""
    line = smtplib.SMTP(HOST, int(os.environ[PORT]), timeout=60)
    serial = itertools.count()

    def step() -> None:
        mail = mail_of(number, next(serial))
        line.sendmail(f"c{number}@example.org", ["help@one.example"], mail)

    return step


def paced(url: str, number: int) -> Callable[[], object]:
    """Give the step of a client that hands in no more than its share of the goal."""
    send, began, sent = sending(url, 1000 + number), monotonic(), itertools.count(1)

    def step() -> None:
        send()
        due = began + next(sent) * CLIENTS / GOAL
        sleep(max(0.0, due - monotonic()))

    return step


def _acknowledged(
    handed_in: Sequence[Sequence[float]], seconds: float, limit: float
) -> Iterator[Figure]:
    every = [time for times in handed_in for time in times]
    value = rate(handed_in, seconds=seconds)
    yield Figure(name="acknowledged", value=value, unit="mails/s", goal=limit / 3, limit=limit)
    for share, name in ((0.5, "p50"), (0.95, "p95")):
        value = percentile(every, share)
        yield Figure(name=f"until acknowledged, {name}", value=value, unit="ms")


def _capacity(url: str) -> Figure:
    """How many a second are taken in while more wait, once both workers are warm."""
    with psycopg.connect(url, autocommit=True) as session:
        began, first = monotonic(), _number(session, TAKEN)
        until, warm = began + PATIENCE_SECONDS, min(100, _number(session, WAITING) // 4)
        while _number(session, TAKEN) < first + warm and monotonic() < until:
            sleep(0.02)
        now, taken = monotonic(), _number(session, TAKEN)
        # Few mails are taken in together with those that warm up, and nothing is left to measure.
        if _number(session, WAITING):
            began, first = now, taken
        while _number(session, WAITING) and monotonic() < until:
            sleep(0.02)
        taken, seconds = _number(session, TAKEN) - first, monotonic() - began
    name = f"taken in by {WORKERS} workers while more wait"
    return Figure(name=name, value=taken / seconds, unit="mails/s", goal=GOAL)


def _steady(url: str, seconds: float) -> Iterator[Figure]:
    with psycopg.connect(url, autocommit=True) as session:
        newest = _number(session, "SELECT coalesce(max(id), 0) FROM conversations_message")
        handed_in = at_once(PACED, url, clients=CLIENTS, seconds=seconds)
        left = _number(session, WAITING)
        while _number(session, WAITING):
            sleep(0.1)
        delays = [float(row[0]) for row in session.execute(DELAYS, [newest]).fetchall()]
    name = "arriving steadily, taken in meanwhile"
    value = (sum(map(len, handed_in)) - left) / seconds
    yield Figure(name=name, value=value, unit="mails/s", goal=GOAL)
    yield Figure(name="left waiting at the end", value=left, unit="mails")
    value = percentile(delays, 0.95)
    yield Figure(name="from arrival until taken up, p95", value=value, unit="ms")


def _number(session: "psycopg.Connection[tuple[int, ...]]", sql: str) -> int:
    row = session.execute(sql.encode()).fetchone()
    return row[0] if row else 0
