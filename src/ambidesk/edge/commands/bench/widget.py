"""Widget: 2,000 open visitors, 50 messages a second both ways, how soon the other side has them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.queues import SimpleQueue
from time import monotonic, sleep
from uuid import uuid4

from django.db import transaction

from ambidesk.edge.commands.gauging.asking import cookies_of
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.gauging.parts import allow_files, running
from ambidesk.edge.commands.gauging.visitors import MARK, Heard, Plan, play
from ambidesk.edge.commands.generating.staff import Room, crowd, move_in
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.ports import free_port
from ambidesk.edge.commands.supervising.probes import web_answers
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.channels.widget.speaking import Said
from ambidesk.support.channels.widget.speaking import say as say_word
from ambidesk.support.channels.widget.visiting import Guest, begin
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket

HOST, SITE = "127.0.0.1", "https://shop.example"
OPEN, TALKING, EACH = 2_000, 500, 50
PER_SECOND, SECONDS = 50.0, 30
GOAL_MS = 500.0
OPENING_SECONDS = 300.0
AT_ONCE = 50
SPARE = 500


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Open everything, let both sides talk, and note when the other side has each word."""
    del url
    room = move_in(datetime.now(UTC))[0]
    widget = _widget(room)
    tokens, tickets = _visitors(widget, order.clients or OPEN)
    allow_files(len(tokens) * 2 + SPARE)
    operators = crowd(room, -(-len(tickets) // EACH), at=datetime.now(UTC))
    port = free_port(HOST, 28100)
    plan = Plan(
        port=port,
        key=widget.address,
        origin=SITE,
        tokens=tokens,
        tickets=[ticket.pk for ticket in tickets],
        cookies=cookies_of(operators),
        topics_each=EACH,
        per_second=PER_SECOND / 2,
        seconds=float(order.seconds or SECONDS),
    )
    web = ("web", ["web", "--port", str(port)], lambda: web_answers(HOST, port))
    with running(web):
        heard, answered = _measure(plan, tickets, by=actor_of(operators[0].user))
    return _figures(heard, answered, streams=len(tokens))


def _widget(room: Room) -> Channel:
    wanted = Widget(brand=room.brand, team=room.team, name="Chat", manner=Manner(origins=(SITE,)))
    return connect_widget(None, wanted, by=SYSTEM, at=datetime.now(UTC))


def _visitors(widget: Channel, number: int) -> tuple[list[str], list[Ticket]]:
    say(_("Letting %(number)d visitors in.") % {"number": number})
    tokens: list[str] = []
    tickets: list[Ticket] = []
    for first in range(0, number, AT_ONCE):
        # Many at once: here nobody waits for each to be on disk.
        with transaction.atomic():
            for place in range(first, min(first + AT_ONCE, number)):
                visitor, token = begin(widget, Guest(), at=datetime.now(UTC))
                tokens.append(token)
                if place < TALKING:
                    said = Said(key=uuid4(), text="Hello, is anybody there?")
                    tickets.append(say_word(visitor, said, at=datetime.now(UTC)).ticket)
    return tokens, tickets


def _measure(plan: Plan, tickets: Sequence[Ticket], *, by: Actor) -> tuple[Heard, int]:
    context = get_context("spawn")
    told: SimpleQueue[object] = context.SimpleQueue()
    client = context.Process(target=play, args=(plan, told))
    client.start()
    try:
        say(_("Opening %(number)d streams.") % {"number": len(plan.tokens)})
        _next(client, told)
        say(_("Both sides talk."))
        answered = _answer(plan, tickets, by=by)
        heard = _next(client, told)
    finally:
        client.terminate()
    if not isinstance(heard, Heard):
        raise Trouble(_("A client of the measurement failed; its reason stands above."))
    return heard, answered


def _next(client: BaseProcess, told: "SimpleQueue[object]") -> object:
    """Take the next word of the client, or its failure."""
    until = monotonic() + OPENING_SECONDS
    while told.empty():
        if not client.is_alive() or monotonic() > until:
            raise Trouble(_("A client of the measurement failed; its reason stands above."))
        sleep(0.05)
    return told.get()


def _answer(plan: Plan, tickets: Sequence[Ticket], *, by: Actor) -> int:
    """Answer as operators do, by the verb: their pages are measured by other benches."""
    began, number = monotonic(), 0
    while monotonic() < began + plan.seconds:
        ticket = tickets[(number * 7) % len(tickets)]
        at, whom = datetime.now(UTC), ticket.requester_identity
        assert whom  # noqa: S101 a visitor opened it
        said = Answer(text=f"{MARK}{monotonic()}", to=(whom,), due_at=at)
        answer(ticket, said, by=by, at=at)
        number += 1
        sleep(max(0.0, began + number / plan.per_second - monotonic()))
    return number


def _figures(heard: Heard, answered: int, *, streams: int) -> Sequence[Figure]:
    def both(name: str, times: Sequence[float], goal: float | None) -> Sequence[Figure]:
        return (
            Figure(name=f"{name}, p50", value=percentile(times, 0.5), unit="ms"),
            Figure(name=f"{name}, p95", value=percentile(times, 0.95), unit="ms", goal=goal),
        )

    return (
        Figure(name="visitors with an open stream", value=streams, unit="streams"),
        *both("a visitor's word heard at the desk", heard.desk, GOAL_MS),
        *both("an answer read by its visitor", heard.visitor, GOAL_MS),
        *both("a visitor's word acknowledged", heard.acknowledged, None),
        Figure(name="words said by visitors", value=heard.said, unit="words"),
        Figure(name="readings of a talk", value=heard.read, unit="readings"),
        Figure(name="of a processor, for the visitors themselves", value=heard.share, unit="%"),
        Figure(
            name="words not acknowledged, or not heard", value=heard.failed, unit="words", goal=0
        ),
        Figure(
            name="answers not read within 5 s",
            value=answered - len(heard.visitor),
            unit="answers",
            goal=0,
        ),
    )
