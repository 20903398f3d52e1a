"""Machines: programs with a key that ask the API over one connection each, as partners do."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http.client import HTTPConnection

from ambidesk.edge.commands.trouble import Trouble

OPENING = "ambidesk.edge.commands.gauging.machines:opening"
OPENING_MANY = "ambidesk.edge.commands.gauging.machines:opening_many"
LISTING = "ambidesk.edge.commands.gauging.machines:listing"
READING = "ambidesk.edge.commands.gauging.machines:reading"
MANY = 100
GOOD = range(200, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the API is, by which key, and what may be named there."""

    host: str
    port: int
    token: str
    brand: int
    tickets: tuple[int, ...] = ()

    def said(self) -> str:
        """As text, to hand to another process."""
        return json.dumps(asdict(self))


def opening(said: str, number: int) -> Callable[[], object]:
    """Give the step of one client: it opens a ticket for one of a thousand persons."""
    place, ask, counted = _place(said), _asking(said), iter(range(10**9))
    return lambda: ask("POST", "tickets", _wish(place, number, next(counted)))


def opening_many(said: str, number: int) -> Callable[[], object]:
    """Give the step of one client: it opens a hundred tickets at once."""
    place, ask, counted = _place(said), _asking(said), iter(range(10**9))

    def step() -> object:
        wishes = [_wish(place, number, next(counted)) for _each in range(MANY)]
        return ask("POST", "tickets/bulk", {"tickets": wishes})

    return step


def listing(said: str, number: int) -> Callable[[], object]:
    """Give the step of one client: it reads the first page of tickets."""
    ask = _asking(said)
    states = ("new", "open")
    return lambda: ask("GET", f"tickets?state={states[number % 2]}&limit=50")


def reading(said: str, number: int) -> Callable[[], object]:
    """Give the step of one client: it reads one ticket after the other."""
    tickets, ask, counted = _place(said).tickets, _asking(said), iter(range(10**9))
    return lambda: ask("GET", f"tickets/{tickets[(number * 37 + next(counted)) % len(tickets)]}")


def _wish(place: Place, number: int, count: int) -> dict[str, object]:
    who = f"person{(number * 125 + count) % 1000}@bench.example"
    return {
        "brand_id": place.brand,
        "requester": {"value": who, "name": "Anna Petrova"},
        "subject": f"Parcel {number}-{count}",
        "text": "Where is my parcel? It should have come on Monday. " * 4,
    }


def _place(said: str) -> Place:
    known = json.loads(said)
    return Place(**{**known, "tickets": tuple(known["tickets"])})


def _asking(said: str) -> Callable[..., object]:
    place = _place(said)
    line = HTTPConnection(place.host, place.port, timeout=60)
    headers = {"Authorization": f"Bearer {place.token}", "Content-Type": "application/json"}

    def ask(method: str, path: str, body: object = None) -> object:
        sent = None if body is None else json.dumps(body)
        line.request(method, f"/api/v1/{path}", sent, headers)
        answer = line.getresponse()
        content = answer.read()
        if answer.status not in GOOD:
            raise Trouble(f"{method} {path}: {answer.status} {content[:300]!r}")
        return content

    return ask
