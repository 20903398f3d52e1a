"""A mass fault: a thousand alike among three thousand others; how soon it is proposed."""

import csv
import gzip
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.generating.staff import Room, move_in
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.conversations.receiving import Inbound, receive_many
from ambidesk.support.incidents.models import Incident, Joining
from ambidesk.support.incidents.noticing import notice
from ambidesk.support.incidents.proposing import shared_words
from ambidesk.support.tickets.opening import Opening, open_many

# Real questions, each with its matter. Source: Casanueva et al., "Efficient Intent Detection with
# Dual Sentence Encoders" (2020), CC BY 4.0.
SHARED = Path(os.environ.get("AMBIDESK_SHARED_DATA") or "../shared/data")
TEXTS = SHARED / "text-banking77" / "train.csv.gz"
ALIKE, OTHERS = 1_000, 3_000
# The others come evenly over the day, the fault in ten minutes of it.
DAY, BEGINS, LASTS = timedelta(hours=4), timedelta(hours=3), timedelta(minutes=10)
GOAL_SECONDS = 120
AT_ONCE = 25
# Each fault has a day of its own, drawn by its name; the second four were never looked at while
# the rule was made.
FAULTS = (
    "card_arrival",
    "declined_card_payment",
    "lost_or_stolen_card",
    "top_up_failed",
    "pending_transfer",
    "wrong_exchange_rate_for_cash_withdrawal",
    "passcode_forgotten",
    "transfer_timing",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One question at its instant."""

    at: datetime
    text: str
    is_fault: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of one fault: seconds until proposed, false alarms, how much of it was gathered."""

    seconds: float | None
    alarms: int
    gathered: float
    strangers: float
    costs: Sequence[float]


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Play several faults, each in a day of its own, and say how soon each was proposed."""
    del url
    by_matter = _texts()
    room = move_in(datetime.now(UTC))[0]
    played = []
    for number, fault in enumerate(FAULTS[: order.clients or len(FAULTS)]):
        say(_("The fault: %(fault)s.") % {"fault": fault})
        begins = datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=90 * number)
        played.append(_play(room, by_matter, fault, begins=begins))
    return list(_figures(played))


def _figures(played: Sequence[Played]) -> Iterator[Figure]:
    soon = [each.seconds for each in played if each.seconds is not None]
    costs = [cost for each in played for cost in each.costs]
    yield Figure(
        name=f"faults proposed, of {len(played)}",
        value=len(soon),
        unit="faults",
        goal=len(played),
    )
    worst = max(soon, default=float("inf"))
    yield Figure(name="until proposed, slowest", value=worst, unit="s", goal=GOAL_SECONDS)
    share = sum(each.alarms for each in played) / max(sum(1 for _one in played), 1)
    yield Figure(name="false alarms a day of 3,000 others", value=share, unit="alarms", goal=0)
    gathered = 100 * sum(each.gathered for each in played) / len(played)
    yield Figure(name="alike tickets gathered", value=gathered, unit="%")
    strangers = 100 * sum(each.strangers for each in played) / len(played)
    yield Figure(name="strangers among them", value=strangers, unit="%")
    yield Figure(name="noticing a ticket, p95", value=percentile(costs, 0.95), unit="ms")


def _play(
    room: Room, by_matter: Mapping[str, Sequence[str]], fault: str, *, begins: datetime
) -> Played:
    words = _day(by_matter, fault, begins)
    visitor = meet(
        Caller(kind=IdentityKind.EMAIL, value="visitor@bench.example"), by=SYSTEM, at=begins
    )
    before = set(Incident.objects.values_list("pk", flat=True))
    faults: set[int] = set()
    costs: list[float] = []
    proposed: dict[int, datetime] = {}
    for first in range(0, len(words), AT_ONCE):
        some = words[first : first + AT_ONCE]
        numbers = _opened(room, visitor, some)
        faults |= {number for number, word in zip(numbers, some, strict=True) if word.is_fault}
        began = perf_counter()
        for incident in notice(numbers, at=some[-1].at):
            proposed[incident.pk] = some[-1].at
        costs.append((perf_counter() - began) * 1000 / len(some))
    judged = _judged({n: at for n, at in proposed.items() if n not in before}, faults)
    right = [(at - begins - BEGINS).total_seconds() for at in judged.right]
    return Played(
        seconds=min(right, default=None),
        alarms=judged.alarms,
        gathered=len(judged.gathered & faults) / max(len(faults), 1),
        strangers=len(judged.gathered - faults) / max(len(judged.gathered), 1),
        costs=costs,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """When the fault was proposed, how often something else was, and what was gathered for it."""

    right: Sequence[datetime]
    alarms: int
    gathered: frozenset[int]


def _judged(proposed: Mapping[int, datetime], faults: set[int]) -> Judged:
    """An incident is of the fault when at least half of its tickets are."""
    right, gathered = [], set[int]()
    for incident, at in proposed.items():
        rows = Joining.objects.filter(incident=incident, left_at=None)
        members = set(rows.values_list("ticket", flat=True))
        if members and 2 * len(members & faults) >= len(members):
            right.append(at)
            gathered |= members
        else:
            row = Incident.objects.get(pk=incident)
            facts = {"words": ", ".join(shared_words(row)), "number": row.noticed}
            say(_("A false alarm: %(number)d about %(words)s.") % facts)
    return Judged(right=right, alarms=len(proposed) - len(right), gathered=frozenset(gathered))


def _opened(room: Room, visitor: Identity, words: Sequence[Word]) -> list[int]:
    messages = receive_many(
        [
            Inbound(
                channel=room.channel,
                thread_key=f"{word.at.timestamp()}-{number}",
                sender=visitor,
                subject="",
                text=word.text,
                new_text=word.text,
                sent_at=word.at,
                external_id=f"{word.at.timestamp()}-{number}@bench.example",
            )
            for number, word in enumerate(words)
        ],
        at=words[0].at,
    )
    openings = [
        Opening(
            brand=room.brand,
            requester=visitor,
            subject="",
            message=message,
            channel=room.channel,
            opened_at=word.at,
        )
        for word, message in zip(words, messages, strict=True)
    ]
    return [ticket.pk for ticket in open_many(openings, by=SYSTEM, at=words[0].at)]


def _day(by_matter: Mapping[str, Sequence[str]], fault: str, begins: datetime) -> Sequence[Word]:
    dice = Random(fault)  # noqa: S311 a measurement, no secret
    others = [text for matter, texts in by_matter.items() if matter != fault for text in texts]
    words = [
        Word(at=begins + dice.random() * DAY, text=dice.choice(others), is_fault=False)
        for _each in range(OTHERS)
    ]
    words += [
        Word(
            at=begins + BEGINS + dice.random() * LASTS,
            text=dice.choice(by_matter[fault]),
            is_fault=True,
        )
        for _each in range(ALIKE)
    ]
    return sorted(words, key=lambda word: word.at)


def _texts() -> Mapping[str, Sequence[str]]:
    if not TEXTS.exists():
        raise Trouble(_("The texts are not here: %(path)s.") % {"path": TEXTS})
    found: dict[str, list[str]] = {}
    content = gzip.decompress(TEXTS.read_bytes()).decode()
    for row in csv.DictReader(io.StringIO(content)):
        found.setdefault(row["category"], []).append(row["text"])
    return found
