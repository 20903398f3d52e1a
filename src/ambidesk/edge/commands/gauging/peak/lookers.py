"""Lookers: the workspace is asked for page by page over HTTP, at a steady pace, and timed."""

from collections.abc import Sequence
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from random import Random
from time import monotonic, perf_counter, sleep

from django.db.models import Max

from ambidesk.edge.commands.gauging.peak.ledgers import Ledger
from ambidesk.support.tickets.models import Ticket

LISTS = ("mine", "unassigned", "team", "waiting", "all")
EVERY_SECONDS = 0.25


def look(*, place: Path, number: int, port: int, cookies: Sequence[str]) -> None:
    """Ask for a list, a ticket, the board of load, one after the other, until the process ends."""
    dice = Random(number)  # noqa: S311 a measurement, no secret
    began = monotonic()
    with Ledger(place, f"looked{number}") as ledger:
        for turn in count():
            kind, path = _page(turn, dice)
            began_page = perf_counter()
            line = HTTPConnection("127.0.0.1", port, timeout=60)
            line.request("GET", path, headers={"Cookie": cookies[turn % len(cookies)]})
            answer = line.getresponse()
            answer.read()
            line.close()
            ledger.note(kind, (perf_counter() - began_page) * 1000, answer.status)
            sleep(max(0.0, began + (turn + 1) * EVERY_SECONDS - monotonic()))


def _page(turn: int, dice: Random) -> tuple[str, str]:
    match turn % 4:
        case 0 | 2:
            return "list", f"/inbox/{LISTS[turn // 2 % len(LISTS)]}/"
        case 1:
            newest = Ticket.objects.aggregate(newest=Max("pk"))["newest"] or 1
            return "ticket", f"/tickets/{dice.randint(1, newest)}"
        case _:
            return "load", "/load/"
