"""The ticket: its page with thirty messages, in the server; then the frame of a complex mail."""

from collections.abc import Sequence

import psycopg

from ambidesk.edge.commands.gauging.asking import Taken, browser_of, fetch, look_up, plans_of
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.generating.desk import ready
from ambidesk.edge.commands.generating.staff import ADMIN
from ambidesk.edge.commands.speech import gettext as _

MESSAGES = 30
GOAL_MS, GOAL_QUERIES = 50.0, 15
SEVERAL = 150
LONG = """
    SELECT ticket_id FROM tickets_filing WHERE withdrawn_at IS NULL
     GROUP BY ticket_id HAVING count(*) BETWEEN %s AND %s ORDER BY random() LIMIT %s
"""
RAW = """
    SELECT message.* FROM tickets_filing filing
      JOIN conversations_message message ON message.id = filing.message_id
     WHERE filing.ticket_id = %s AND filing.withdrawn_at IS NULL
     ORDER BY message.id DESC LIMIT 31
"""
FRAMES = """
    SELECT id FROM conversations_message WHERE html <> '' ORDER BY id DESC LIMIT %s
"""


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Measure pages of tickets that have about thirty messages."""
    tickets, messages = order.sized()
    ready(url, tickets=tickets, messages=messages)
    with psycopg.connect(url) as session:
        rows = session.execute(LONG, [MESSAGES - 10, MESSAGES + 10, SEVERAL]).fetchall()
        framed = session.execute(FRAMES, [SEVERAL]).fetchall()
    say(_("Reading %(number)d tickets.") % {"number": len(rows)})
    browser = browser_of(ADMIN)
    plans = plans_of(browser, [f"/tickets/{number}" for (number,) in rows[:5]], of="ticket")
    addresses = [f"/tickets/{number}" for (number,) in rows]
    # First as nobody has looked at them for long, then as an operator comes back to them.
    taken, again = fetch(browser, addresses), fetch(browser, addresses)
    frames = fetch(browser, [f"/messages/{number}/frame" for (number,) in framed])
    raw = percentile(look_up(url, RAW, values=rows), 0.95)
    return (*_page(taken, raw), _again(again), _frame(frames), plans)


def _frame(taken: Taken) -> Figure:
    p95 = percentile(taken.times, 0.95)
    return Figure(name="frame of a mail, p95", value=p95, unit="ms")


def _again(taken: Taken) -> Figure:
    p95 = percentile(taken.times, 0.95)
    return Figure(name="the same pages again, p95", value=p95, unit="ms", goal=GOAL_MS)


def _page(taken: Taken, raw: float) -> Sequence[Figure]:
    return (
        Figure(
            name=f"page of a ticket with {MESSAGES} messages, p95",
            value=percentile(taken.times, 0.95),
            unit="ms",
            goal=GOAL_MS,
            limit=raw,
        ),
        Figure(
            name="page of a ticket, processor p50",
            value=percentile(taken.worked, 0.5),
            unit="ms",
        ),
        Figure(
            name="page of a ticket, queries",
            value=max(taken.queries),
            unit="queries",
            goal=GOAL_QUERIES,
        ),
    )
