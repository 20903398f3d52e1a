"""The API: tickets opened one by one and by hundreds, listed and read by eight programs at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ambidesk.edge.commands.gauging import machines, raw
from ambidesk.edge.commands.gauging.clients import at_once, rate
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.machines import MANY, Place
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.gauging.parts import running
from ambidesk.edge.commands.generating.staff import move_in
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.ports import free_port
from ambidesk.edge.commands.supervising.probes import web_answers
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.keying import KeyText, issue_key
from ambidesk.support.tickets.models import Ticket

HOST = "127.0.0.1"
CLIENTS, SECONDS = 8, 20
# No program asks so often: here the limit of a key is not what is measured.
PER_MINUTE = 100_000
GOAL_ONE, GOAL_MS, GOAL_MANY = 120.0, 100.0, 600.0
READ = 500
Steps = list[list[float]]


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Open tickets, then list and read them; beside it what PostgreSQL commits by itself."""
    clients, seconds = order.clients or CLIENTS, float(order.seconds or SECONDS)
    place = _place()
    commits = raw.commits(url, clients=clients, seconds=min(seconds, 5))
    web = ("web", ["web", "--port", str(place.port)], lambda: web_answers(HOST, place.port))

    def ask(making: str, there: Place) -> Steps:
        return at_once(making, there.said(), clients=clients, seconds=seconds)

    def a_second(steps: Steps, each: int = 1) -> float:
        return rate(steps, seconds=seconds, each=each)

    with running(web):
        say(_("Programs open tickets, one by one and by hundreds."))
        one, many = ask(machines.OPENING, place), ask(machines.OPENING_MANY, place)
        known = replace(place, tickets=_newest())
        say(_("Programs read tickets."))
        lists, reads = ask(machines.LISTING, known), ask(machines.READING, known)
    return (
        _opened("tickets opened", a_second(one), goal=GOAL_ONE, limit=commits),
        _p95("a ticket opened, p95", one, goal=GOAL_MS),
        _opened(f"opened by {MANY} a request", a_second(many, MANY), goal=GOAL_MANY, limit=commits),
        _p95(f"{MANY} tickets opened, p95", many),
        Figure(name="pages of 50 tickets listed", value=a_second(lists), unit="per s"),
        _p95("a page of 50 tickets, p95", lists),
        Figure(name="tickets read", value=a_second(reads), unit="per s"),
        _p95("a ticket read, p95", reads),
    )


def _place() -> Place:
    """A brand, and a key that reaches it."""
    brand = move_in(datetime.now(UTC))[0].brand
    text = KeyText(
        name="Bench", scopes=["tickets:write"], brand_ids=[brand.pk], per_minute=PER_MINUTE
    )
    token = issue_key(text, by=SYSTEM, at=datetime.now(UTC)).token
    return Place(host=HOST, port=free_port(HOST, 28400), token=token, brand=brand.pk)


def _newest() -> tuple[int, ...]:
    return tuple(Ticket.objects.order_by("-pk").values_list("pk", flat=True)[:READ])


def _opened(name: str, value: float, *, goal: float, limit: float) -> Figure:
    return Figure(name=name, value=value, unit="per s", goal=goal, limit=limit)


def _p95(name: str, steps: Steps, *, goal: float | None = None) -> Figure:
    times = [each for theirs in steps for each in theirs]
    return Figure(name=name, value=percentile(times, 0.95), unit="ms", goal=goal)
