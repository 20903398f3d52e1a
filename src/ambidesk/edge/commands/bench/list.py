"""The list: first page and counts of each view in the server, as the number of tickets grows."""

from collections.abc import Iterator, Sequence

from ambidesk.edge.commands.gauging.asking import browser_of, fetch, look_up, plans_of
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.order import FULL_TICKETS, USUAL_TICKETS, Order
from ambidesk.edge.commands.generating.desk import ready
from ambidesk.edge.commands.generating.staff import ADMIN
from ambidesk.edge.commands.speech import gettext as _

SMALL = 10_000
VIEWS = ("mine", "unassigned", "team", "waiting", "all")
TIMES = 40
GOAL_MS, GOAL_QUERIES = 50.0, 12
RAW = """
    SELECT * FROM tickets_ticket
     WHERE state IN ('new', 'open', 'waiting_requester', 'waiting_other', 'on_hold')
     ORDER BY last_at DESC, id DESC LIMIT 51
"""


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Measure at each size, the largest last."""
    figures: list[Figure] = []
    for tickets in _sizes(order):
        _tickets, messages = Order(tickets=tickets, messages=order.messages).sized()
        rooms = ready(url, tickets=tickets, messages=messages)
        say(_("Reading lists of %(number)d tickets.") % {"number": tickets})
        member = rooms[0].members[0].user.email
        figures += _figures(url, tickets, member)
    return figures


def _sizes(order: Order) -> Sequence[int]:
    if order.tickets:
        return (order.tickets,)
    sizes = (SMALL, USUAL_TICKETS)
    return (*sizes, FULL_TICKETS) if order.full else sizes


def _figures(url: str, tickets: int, member: str) -> Iterator[Figure]:
    raw = percentile(look_up(url, RAW, values=[()] * TIMES), 0.95)
    for login, who in ((ADMIN, "administrator"), (member, "operator")):
        browser = browser_of(login)
        addresses = [f"/inbox/{view}/" for view in VIEWS]
        name = f"list and counts, {tickets:,} tickets, {who}"
        yield plans_of(browser, addresses, of=name)
        fetch(browser, addresses)
        taken = fetch(browser, addresses * TIMES)
        yield Figure(
            name=f"{name}, p95",
            value=percentile(taken.times, 0.95),
            unit="ms",
            goal=GOAL_MS,
            limit=raw,
        )
        yield Figure(name=f"{name}, processor p50", value=percentile(taken.worked, 0.5), unit="ms")
        yield Figure(
            name=f"{name}, queries",
            value=max(taken.queries),
            unit="queries",
            goal=GOAL_QUERIES,
        )
