"""
A day of a sale: visitors come by the minute, operators hold four talks each, some give up.

The clock is simulated, the verbs and the database are real: what waits, who takes, what was
promised is what the desk itself would say.
"""

import heapq
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from time import monotonic

from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.generating.staff import Room
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.subscribers import Subscription, drain, replay
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.staff.models import Member
from ambidesk.support.routing import attendance
from ambidesk.support.routing.attending import set_capacity, set_status
from ambidesk.support.routing.following import KINDS, follow
from ambidesk.support.routing.models import Operator, Place, Queue, Status
from ambidesk.support.routing.settling import settle
from ambidesk.support.routing.taking import NothingWaits, take_next
from ambidesk.support.routing.waiting import expected
from ambidesk.support.tickets.closing import close, solve
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.opening import Opening, open_many

OPERATORS, SLOTS = 20, 4
MINUTES, PEAK = 8, 300
# One touch with a template; at the peak of the sale that is a little more than twenty people can.
HOLD_SECONDS, PATIENCE_SECONDS = 20.0, 120.0


@dataclass(slots=True, kw_only=True)
class Day:
    """What has happened so far; times in simulated seconds since the beginning."""

    room: Room
    crew: Sequence[Member]
    visitor: Identity
    begins: datetime
    dice: Random
    came: int = 0
    gone: int = 0
    busy: float = 0.0
    waits: list[float] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    promised: dict[int, tuple[float, float]] = field(default_factory=dict)
    talks: list[tuple[float, int, int]] = field(default_factory=list)
    held: Counter[int] = field(default_factory=Counter)
    patience: list[tuple[float, int]] = field(default_factory=list)
    entered: dict[int, float] = field(default_factory=dict)

    def at(self, second: float) -> datetime:
        """The instant of a simulated second."""
        return self.begins + timedelta(seconds=second)


def figures(room: Room, crew: Sequence[Member]) -> Sequence[Figure]:
    """Play the day and say how it went."""
    say(_("A day of a sale: up to %(peak)d visitors a minute.") % {"peak": PEAK})
    day = _begin(room, crew)
    seconds, told = MINUTES * 60, monotonic() - 60
    for second in range(seconds):
        if monotonic() - told > attendance.EVERY_SECONDS:
            attendance.report([member.user_id for member in crew])
            told = monotonic()
        _end_talks(day, second)
        _arrive(day, second)
        while drain(_reader(day, second)):
            pass
        _promise(day, second)
        _give_up(day, second)
        _take(day, second)
        day.busy += len(day.talks)
    return _told(day, seconds)


def _told(day: Day, seconds: int) -> Sequence[Figure]:
    share = 100 * day.gone / max(day.came, 1)
    used = 100 * day.busy / (seconds * len(day.crew) * SLOTS)
    name = f"simulated, up to {PEAK} visitors a minute on {len(day.crew)} operators: "
    return (
        Figure(name=f"{name}came", value=day.came, unit="visitors"),
        Figure(name=f"{name}waited, p50", value=percentile(day.waits, 0.5), unit="s"),
        Figure(name=f"{name}waited, p95", value=percentile(day.waits, 0.95), unit="s"),
        Figure(name=f"{name}left before their turn", value=share, unit="%"),
        Figure(name=f"{name}utilisation", value=used, unit="%"),
        Figure(name="error of the expected wait, p80", value=percentile(day.errors, 0.8), unit="s"),
    )


def _begin(room: Room, crew: Sequence[Member]) -> Day:
    begins = datetime.now(UTC)
    Place.objects.all().delete()
    replay("bench-day", since=journal.head())
    Operator.objects.update(status=Status.AWAY)
    Queue.objects.filter(team=room.team).update(hold_for=60.0, correction=1.0)
    for member in crew:
        set_capacity(member, SLOTS, by=SYSTEM, at=begins)
        set_status(member, Status.ONLINE, by=SYSTEM, at=begins)
    caller = Caller(kind=IdentityKind.EMAIL, value="day@bench.example", name="Visitor")
    return Day(
        room=room,
        crew=crew,
        visitor=meet(caller, by=SYSTEM, at=begins),
        begins=begins,
        dice=Random("a day of a sale"),  # noqa: S311 a measurement, no secret
    )


def _reader(day: Day, second: int) -> Subscription:
    return Subscription(
        name="bench-day",
        handler=lambda entries: follow(entries, at=day.at(second)),
        kinds=KINDS,
    )


def _rate(second: int) -> float:
    """Visitors a second: a morning, the hour of the sale, an evening."""
    share = second / (MINUTES * 60)
    return PEAK / 60 * (0.25 + 0.75 * math.exp(-(((share - 0.45) / 0.22) ** 2)))


def _arrive(day: Day, second: int) -> None:
    number = _poisson(day.dice, _rate(second))
    openings = [
        Opening(
            brand=day.room.brand,
            requester=day.visitor,
            subject="Where is my parcel",
            channel=day.room.channel,
        )
        for _each in range(number)
    ]
    for ticket in open_many(openings, by=SYSTEM, at=day.at(second)) if openings else ():
        day.came += 1
        day.entered[ticket.pk] = second
        heapq.heappush(
            day.patience,
            (second + day.dice.expovariate(1 / PATIENCE_SECONDS), ticket.pk),
        )


def _promise(day: Day, second: int) -> None:
    """Note what the newcomers are told, as the widget would."""
    fresh = [number for number in day.entered if number not in day.promised]
    for ticket in Ticket.objects.filter(pk__in=fresh):
        told = expected(ticket, at=day.at(second))
        seconds = told.seconds if told and told.seconds is not None else 0
        day.promised[ticket.pk] = (second, float(seconds))


def _give_up(day: Day, second: int) -> None:
    while day.patience and day.patience[0][0] <= second:
        _moment, number = heapq.heappop(day.patience)
        if day.entered.pop(number, None) is not None:
            close(Ticket(pk=number), by=SYSTEM, at=day.at(second))
            settle([number], by=SYSTEM, at=day.at(second))
            day.gone += 1


def _take(day: Day, second: int) -> None:
    """Let everybody with a free hand take what is next, in no order that favours anybody."""
    crew = [member for member in day.crew if day.held[member.pk] < SLOTS]
    day.dice.shuffle(crew)
    while crew and day.entered:
        member = crew.pop()
        try:
            ticket = take_next(member, by=SYSTEM, at=day.at(second))
        except NothingWaits:
            return
        except Refusal:
            continue
        entered = day.entered.pop(ticket.pk, second)
        day.waits.append(second - entered)
        told_at, seconds = day.promised.pop(ticket.pk, (entered, 0.0))
        day.errors.append(abs(second - told_at - seconds))
        ends = second + day.dice.expovariate(1 / HOLD_SECONDS)
        heapq.heappush(day.talks, (ends, ticket.pk, member.pk))
        day.held[member.pk] += 1
        if day.held[member.pk] < SLOTS:
            crew.insert(0, member)


def _end_talks(day: Day, second: int) -> None:
    while day.talks and day.talks[0][0] <= second:
        _moment, number, member = heapq.heappop(day.talks)
        day.held[member] -= 1
        solve(Ticket(pk=number), by=SYSTEM, at=day.at(second))


def _poisson(dice: Random, mean: float) -> int:
    limit, product, number = math.exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        number += 1
    return number
