"""
The peak: mails and chats queued at once are taken, answered and closed while the workspace is read.

Senders, operators and receivers keep ledgers of their own; in the end they and the desk agree.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import psycopg

from ambidesk.edge.commands.bench import _agreement
from ambidesk.edge.commands.gauging.asking import browser_of
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.gauging.parts import running
from ambidesk.edge.commands.gauging.peak.employing import Job, employed, finish
from ambidesk.edge.commands.gauging.peak.ledgers import lines_of
from ambidesk.edge.commands.gauging.peak.memory import Memory, growth
from ambidesk.edge.commands.generating.staff import ADMIN, Room, crowd, move_in
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.ports import free_port
from ambidesk.edge.commands.supervising.probes import smtp_answers, web_answers
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.conversations.models import Channel
from ambidesk.support.routing.arranging import Arrangement, arrange_queue
from ambidesk.support.routing.attending import set_capacity, set_status
from ambidesk.support.routing.models import Mode, Status

PEAK = "ambidesk.edge.commands.gauging.peak"
HOST, SITE = "127.0.0.1", "https://shop.example"
FULL, USUAL = 100_000, 10_000
OPERATORS, CAPACITY, PROCESSES, WORKERS = 20, 4, 2, 2
GOAL_MS, GOAL_GROWTH = 1000.0, 10.0
EVERY_SECONDS, SAMPLED_SECONDS, TOLD_SECONDS, STALLED_SECONDS = 1.0, 5.0, 10.0, 90.0
# Counting what is closed and what memory holds takes longer the more there is: it is done as much
# more seldom, so that watching a long peak costs it no more than watching a short one.
SELDOM = 10_000
MEMORY_SECONDS = 60.0
STANDING = """
    SELECT (SELECT count(*) FROM conversations_intake_item WHERE state = 'waiting'),
           (SELECT count(*) FROM routing_place),
           (SELECT count(*) FROM tickets_ticket WHERE state = 'closed'),
           (SELECT count(*) FROM conversations_delivery WHERE state = 'waiting')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where it is played: the desk's directory, the ledgers', the ports, the widget."""

    desk: Path
    ledgers: Path
    web: int
    smtp: int
    relay: int
    widget: Channel
    amount: int


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Queue everything, work it through, and compare the ledgers; --seconds ends the work early."""
    stage, room = _stage(order)
    smtp = (
        "smtp",
        ["smtp", "--smtp-port", str(stage.smtp)],
        lambda: smtp_answers(HOST, stage.smtp),
    )
    web = ("web", ["web", "--port", str(stage.web)], lambda: web_answers(HOST, stage.web))
    takes = _job("receivers:take_mail", place=stage.ledgers, port=stage.relay)
    with employed(takes), running(smtp, web):
        say(_("Queueing %(number)d mails and chats.") % {"number": stage.amount})
        began = monotonic()
        finish(*_sending(stage))
        queued = stage.amount / (monotonic() - began)
        memory = Memory(stage.desk)
        began = monotonic()
        closed = _work(stage, room, memory, url=url, seconds=order.seconds)
        pace = closed / (monotonic() - began)
        say(_("Every visitor reads the answer."))
        finish(*_reading(stage))
    return (
        Figure(name="queued", value=queued, unit="messages/s"),
        Figure(name="taken, answered and closed", value=pace, unit="tickets/s"),
        *_pages(stage),
        *_held(memory),
        *_agreement.figures(stage.ledgers, url=url),
    )


def _stage(order: Order) -> tuple[Stage, Room]:
    at = datetime.now(UTC)
    desk, room = Path(os.environ["AMBIDESK_DATA"]), move_in(at)[0]
    ledgers, relay = desk / "ledgers", free_port(HOST, 25525)
    ledgers.mkdir()
    os.environ["AMBIDESK_SMTP_RELAY"] = f"smtp://{HOST}:{relay}"
    arrange_queue(room.team, Arrangement(mode=Mode.PULL), by=SYSTEM, at=at)
    for member in crowd(room, OPERATORS, at=at):
        set_capacity(member, CAPACITY, by=SYSTEM, at=at)
        set_status(member, Status.ONLINE, by=SYSTEM, at=at)
    wanted = Widget(brand=room.brand, team=room.team, name="Chat", manner=Manner(origins=(SITE,)))
    stage = Stage(
        desk=desk,
        ledgers=ledgers,
        web=free_port(HOST, 28300),
        smtp=free_port(HOST, 22725),
        relay=relay,
        widget=connect_widget(None, wanted, by=SYSTEM, at=at),
        amount=order.messages or (FULL if order.full else USUAL),
    )
    return stage, room


def _job(name: str, **words: object) -> Job:
    return f"{PEAK}.{name}", words


def _sending(stage: Stage) -> Sequence[Job]:
    """Half by mail, half in the widget, each from two processes."""
    place, each = stage.ledgers, stage.amount // (2 * PROCESSES)
    mails = [
        _job("senders:mail", place=place, number=number, amount=each, port=stage.smtp)
        for number in range(PROCESSES)
    ]
    chats = [
        _job("senders:chat", place=place, number=number, amount=each, channel=stage.widget.pk)
        for number in range(PROCESSES)
    ]
    return (*mails, *chats)


def _reading(stage: Stage) -> Sequence[Job]:
    where = {"port": stage.web, "widget": stage.widget.address, "origin": SITE}
    return [
        _job("receivers:read_chats", place=stage.ledgers, number=number, **where)
        for number in range(PROCESSES)
    ]


def _work(stage: Stage, room: Room, memory: Memory, *, url: str, seconds: int | None) -> int:
    """Let everybody work until all is closed and sent, nothing moves any more, or time is up."""
    workers = [(f"worker-{number}", ["worker"], lambda: True) for number in range(WORKERS)]
    # The board of load is asked for at odd turns: by the administrator, who may see it.
    jars = [browser_of(login).cookies for login in (room.members[0].user.email, ADMIN)]
    cookies = ["; ".join(f"{k}={m.value}" for k, m in jar.items()) for jar in jars]
    place, shares = stage.ledgers, range(PROCESSES)
    crew = [_job("operators:work", place=place, number=n, of=PROCESSES) for n in shares]
    looking = _job("lookers:look", place=place, number=0, port=stage.web, cookies=cookies)
    with running(*workers), employed(*crew, looking):
        return _watch(stage, memory, url=url, until=monotonic() + (seconds or 10**9))


def _watch(stage: Stage, memory: Memory, *, url: str, until: float) -> int:
    """Sample and tell until the end; give how many are closed."""
    told = moved = sampled = shown = monotonic()
    seldom = max(1.0, stage.amount / SELDOM)
    standing = before = (-1, -1, -1, -1)
    with psycopg.connect(url, autocommit=True) as session:
        while monotonic() < min(until, moved + STALLED_SECONDS):
            sleep(EVERY_SECONDS * seldom)
            if monotonic() >= sampled + SAMPLED_SECONDS * seldom:
                sampled = monotonic()
                memory.sample()
            if monotonic() >= shown + MEMORY_SECONDS:
                shown = monotonic()
                say(
                    "  MiB: " + ", ".join(f"{name} {mib:.1f}" for name, mib in memory.now().items())
                )
            standing = session.execute(STANDING).fetchone() or before
            if standing != before:
                before, moved = standing, monotonic()
            if monotonic() >= told + TOLD_SECONDS:
                told = monotonic()
                say(
                    _("Intake %(intake)d, queue %(queue)d, closed %(closed)d, to be sent %(due)d.")
                    % dict(zip(("intake", "queue", "closed", "due"), standing, strict=True))
                )
            intake, _queue, closed, due = standing
            if not intake and not due and closed >= _sent(stage):
                break
    return standing[2]


def _sent(stage: Stage) -> int:
    return stage.amount // (2 * PROCESSES) * 2 * PROCESSES


def _pages(stage: Stage) -> Sequence[Figure]:
    found: dict[str, list[float]] = {}
    failed = 0
    for kind, milliseconds, status in lines_of(stage.ledgers, "looked"):
        found.setdefault(kind, []).append(float(milliseconds))
        failed += status != "200"
    every = [time for times in found.values() for time in times]
    return (
        Figure(
            name="a page of the workspace meanwhile, p95",
            value=percentile(every, 0.95),
            unit="ms",
            goal=GOAL_MS,
        ),
        *(
            Figure(name=f"of these, {kind}, p95", value=percentile(times, 0.95), unit="ms")
            for kind, times in sorted(found.items())
        ),
        Figure(name="pages that did not come", value=failed, unit="pages", goal=0),
    )


def _held(memory: Memory) -> Sequence[Figure]:
    held: Mapping[str, tuple[float, float]] = memory.held()
    for name, (second, last) in held.items():
        say(f"  {second:6.1f} → {last:6.1f} MiB  {name}")
    name = "a part's memory, last quarter over second, the worst"
    return (
        Figure(name=name, value=growth(held), unit="%", goal=GOAL_GROWTH),
        Figure(
            name="held by all parts at the end",
            value=sum(last for _second, last in held.values()),
            unit="MiB PSS",
        ),
    )
