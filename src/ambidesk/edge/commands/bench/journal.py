"""The journal: how fast several write it, how fast it is read, when an entry can be read."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import perf_counter

from django.db import transaction

from ambidesk.edge.commands.gauging import raw
from ambidesk.edge.commands.gauging.asking import look_up
from ambidesk.edge.commands.gauging.clients import at_once, rate
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.subscribers import AT_ONCE, Subscription, drain
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.tickets.events import NoteWritten

WRITING = "ambidesk.edge.commands.bench.journal:writing"
CLIENTS, SECONDS = 8, 10
PATIENCE_SECONDS = 10
SELECT = """
    SELECT * FROM journal_entry WHERE (epoch, xid, sequence) > (1, 0, %s)
     ORDER BY epoch, xid, sequence LIMIT 500
"""


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Measure writing, reading, and how long an entry is in the dark."""
    clients, seconds = order.clients or CLIENTS, order.seconds or SECONDS
    say(_("%(clients)d clients write.") % {"clients": clients})
    limit = raw.commits(url, clients=clients, seconds=seconds)
    with ThreadPoolExecutor(1) as aside:
        writers = aside.submit(at_once, WRITING, url, clients=clients, seconds=seconds)
        lags = list(_lags(writers.done))
        written = writers.result()
    return (
        Figure(
            name=f"entries written by {clients} clients, each committed",
            value=rate(written, seconds=seconds),
            unit="entries/s",
            limit=limit,
        ),
        Figure(
            name="from commit until it can be read, p50",
            value=percentile(lags, 0.5),
            unit="ms",
        ),
        Figure(
            name="from commit until it can be read, p95",
            value=percentile(lags, 0.95),
            unit="ms",
        ),
        _reading(url),
    )


def writing(_url: str, number: int) -> Callable[[], None]:
    """Give the step of one client: an entry in a transaction of its own."""

    def step() -> None:
        with transaction.atomic():
            _write(number)

    return step


def _write(number: int) -> None:
    event = NoteWritten(ticket_id=number + 1, note_id=number + 1)
    journal.record(event, by=SYSTEM, at=datetime.now(UTC))


def _lags(is_over: Callable[[], bool]) -> Iterator[float]:
    """Write among the others, again and again, and wait until it can be read."""
    own = 10**6
    while not is_over():
        position = journal.horizon()
        with transaction.atomic():
            _write(own)
        began = perf_counter()
        while not _is_readable(position, own + 1):
            if perf_counter() - began > PATIENCE_SECONDS:
                break
        yield (perf_counter() - began) * 1000


def _is_readable(position: journal.Position, ticket: int) -> bool:
    horizon = journal.horizon()
    newest = journal.entries_of("ticket", ticket, limit=1)
    return bool(newest) and position < newest[-1].position < horizon


def _reading(url: str) -> Figure:
    say(_("A subscriber reads."))
    found: list[int] = []
    reader = Subscription(name="bench", handler=lambda entries: found.append(len(entries)))
    began = perf_counter()
    while drain(reader):
        pass
    taken = perf_counter() - began
    raw_ms = look_up(url, SELECT, values=[(place * AT_ONCE,) for place in range(50)])
    return Figure(
        name="entries read by a subscriber",
        value=sum(found) / taken,
        unit="entries/s",
        limit=AT_ONCE / (percentile(raw_ms, 0.5) / 1000),
    )
