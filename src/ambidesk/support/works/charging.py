"""Charging: what a fact of a client's ticket draws from a package, and what it costs them."""

from datetime import datetime
from typing import Any

from django.utils.timezone import get_default_timezone_name

from ambidesk.ground.calendars.reading import read
from ambidesk.ground.calendars.spec import CalendarSpec
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.charges.charging import Work, charge, take_back
from ambidesk.service.charges.rules.used import WORKING_WEEK, Used
from ambidesk.service.contracts.packaging import Source
from ambidesk.service.contracts.rules.packages import Unit
from ambidesk.support.coverage.settling import settle
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models import UnitUse, WorkLog

KINDS: dict[type[Any], str] = {WorkLog: "work_log", UnitUse: "unit_use"}
BESIDE = ("coverage", "promise__calendar")


def charge_client(fact: Any, *, by: Actor, at: datetime) -> None:
    """
    Charge a new fact to the client of its ticket, or give back what the fact had that it reverses.

    Expenses and parts are what we spent: what a client pays for them is for an estimate.
    """
    kind = KINDS.get(type(fact))
    if kind is None or fact.ticket_id is None:
        return
    source = Source(kind=kind, id=fact.pk)
    if fact.reverses_id is not None:
        take_back(Source(kind=kind, id=fact.reverses_id), instead=source, by=by, at=at)
        return
    ticket = _decided(fact.ticket_id, by=by, at=at)
    if ticket.coverage is None:
        return
    work = Work(
        source=source, used=_used(fact), service=ticket.request_type_id, spec=_calendar(ticket)
    )
    charge(ticket.coverage, work, by=by, at=at)


def _decided(number: int, *, by: Actor, at: datetime) -> Ticket:
    """Read a ticket once it is decided what it is: works may be told before anybody looked."""
    rows = Ticket.objects.select_related(*BESIDE)
    ticket = rows.get(pk=number)
    if ticket.company_id is not None and ticket.coverage is None:
        settle([number], by=by, at=at)
        ticket = rows.get(pk=number)
    return ticket


def _used(fact: WorkLog | UnitUse) -> Used:
    if isinstance(fact, WorkLog):
        return Used(unit=Unit.HOURS, on=fact.day, minutes=fact.minutes, began=fact.began_at)
    return Used(unit=Unit(fact.unit), on=fact.day, quantity=fact.quantity)


def _calendar(ticket: Ticket) -> CalendarSpec:
    """Give the calendar of what was promised, for its zone and holidays; else the desk's zone."""
    version = ticket.promise.calendar if ticket.promise else None
    if version is None:
        return CalendarSpec(zone=get_default_timezone_name(), week=WORKING_WEEK)
    return read(version.spec)
