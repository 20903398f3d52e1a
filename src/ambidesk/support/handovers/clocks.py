"""Clocks: each round holds a promise of its own, which ends before the client's."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Min

from ambidesk.service.contractors.models import Contractor
from ambidesk.service.sla.keeping import keep, make_promises
from ambidesk.service.sla.models import CalendarVersion, Clock
from ambidesk.service.sla.rules.clocks import fold
from ambidesk.service.sla.rules.facts import (
    Began,
    Fact,
    Goal,
    Moved,
    Promised,
    Stage,
    Target,
    Terms,
)
from ambidesk.service.sla.terms import measure_or_all
from ambidesk.service.workflow.models import Stay
from ambidesk.support.handovers.models import Handover, Round
from ambidesk.support.handovers.rules.due import Allowance, allow
from ambidesk.support.tickets.models import Ticket

# A quarter of the time is left: they can still be rung up.
WARNED_AT = (25,)


def allowance(
    contractor: Contractor, ticket: Ticket, *, stay: Stay | None, at: datetime
) -> tuple[Allowance, CalendarVersion | None]:
    """Say how much time a contractor has from now on, and by which version of their calendar."""
    hours = contractor.calendar.current if contractor.calendar else None
    given = allow(
        at,
        work=contractor.work_for,
        margin=contractor.margin,
        measure=measure_or_all(hours.pk if hours else None),
        client_due=client_due(ticket, stay),
    )
    return given, hours if given.by_calendar else None


def client_due(ticket: Ticket, stay: Stay | None) -> datetime | None:
    """The first instant that is promised to the client: of the ticket, or of its stage."""
    promised = [ticket.due_at]
    if stay is not None and stay.promise_id:
        of_stage = Clock.objects.filter(promise=stay.promise_id, met_at=None)
        promised.append(of_stage.aggregate(due=Min("due_at"))["due"])
    return min((each for each in promised if each), default=None)


def begin_round(
    row: Handover, given: Allowance, *, hours: CalendarVersion | None, at: datetime
) -> Round:
    """Give the contractor the turn; the handover is locked."""
    number = row.rounds.count() + 1
    made = Round.objects.create(
        handover=row,
        number=number,
        began_at=at,
        work_for=given.work,
        due_at=given.due,
        calendar=hours,
        promise=make_promises(1, at=at)[0],
    )
    settle(made, at=at)
    return made


def hasten(row: Handover, ticket: Ticket, *, at: datetime) -> Round | None:
    """Make a round end sooner where the client's time does, and give it; else nothing changes."""
    standing = row.rounds.filter(ended_at=None).first()
    if standing is None:
        return None
    given, hours = allowance(row.contractor, ticket, stay=row.stay, at=standing.began_at)
    if given.due >= standing.due_at:
        return None
    standing.work_for, standing.calendar, standing.due_at = given.work, hours, given.due
    standing.save(update_fields=["work_for", "calendar", "due_at"])
    settle(standing, at=at)
    return standing


def end_round(row: Handover, *, is_done: bool, at: datetime) -> None:
    """End the turn of the contractor, if it is theirs."""
    standing = row.rounds.filter(ended_at=None).first()
    if standing is not None:
        standing.ended_at, standing.is_done = max(at, standing.began_at), is_done
        standing.save(update_fields=["ended_at", "is_done"])
        settle(standing, at=at)


def settle(each: Round, *, at: datetime) -> None:
    """Write down the clock of a round as it follows from what happened; twice is once."""
    keep({each.promise_id: fold(_facts(each))}, at=at)


def _facts(each: Round) -> Iterator[Fact]:
    measure = measure_or_all(each.calendar_id)
    target = Target(goal=Goal.RESOLUTION, work=each.work_for, percents=WARNED_AT)
    terms = Terms(key=(0, each.calendar_id or 0), measure=measure, targets=(target,))
    yield Promised(at=each.began_at, terms=terms)
    yield Began(at=each.began_at, asked=False)
    if each.ended_at is not None:
        yield Moved(at=each.ended_at, stage=Stage.ENDED)
