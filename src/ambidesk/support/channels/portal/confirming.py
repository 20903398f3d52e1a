"""
Confirming: whoever manages the company says whether a stranger of its domain speaks for it.

An operator may say so for them, and notes who told it. The clock of the request begins then.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor, ActorKind
from ambidesk.parties.authority.deciding import may_at
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Contact
from ambidesk.support.channels.portal.saying import stands
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.recording import lock
from ambidesk.support.tickets.rules.suspension import SuspendedFor
from ambidesk.support.tickets.trusting import lift_suspension, suspect


class NotHeld(Refusal):
    """The request waits for nobody's word."""

    sentence = _("Nobody has to confirm who wrote this request.")


class NoSource(InvalidInput):
    """An operator did not decide this by themselves."""

    sentence = _("Say who of the company told you.")


@transaction.atomic
def confirm_writer(ticket: Ticket, *, source: str = "", by: Actor, at: datetime) -> Ticket:
    """
    Let a request in that a stranger wrote from a domain of the company, who is its contact now.

    Raises:
        NotEntitled: the contact does not manage where the request stands.
        NotHeld: it is not held for this reason.
        NoSource: somebody of the desk does not say who told them.
    """
    row = _held(ticket, source=source, by=by, at=at)
    company, person = row.company, row.requester
    known = Contact.objects.on(day_of(at)).filter(company=company, person__whole=person.whole)
    if company and not known.exists():
        appoint(company, person, since=day_of(at), by=by, at=at)
    return lift_suspension(row, by=by, at=at)


@transaction.atomic
def refuse_writer(ticket: Ticket, *, source: str = "", by: Actor, at: datetime) -> Ticket:
    """
    Say that a request is not from the company: it is taken off it, and the desk keeps it held.

    Raises:
        NotEntitled: the contact does not manage where the request stands.
        NotHeld: it is not held for this reason.
        NoSource: somebody of the desk does not say who told them.
    """
    row = _held(ticket, source=source, by=by, at=at)
    row = attribute(row, company=None, by=by, at=at)
    return suspect(row, SuspendedFor.REFUSED_WRITER)


def _held(ticket: Ticket, *, source: str, by: Actor, at: datetime) -> Ticket:
    row = lock(ticket)
    if row.suspended_for != SuspendedFor.UNKNOWN_WRITER:
        raise NotHeld
    if by.kind is ActorKind.CONTACT:
        if not may_at(by, Power.MANAGE, place=stands(row), at=at):
            raise NotEntitled
    elif by.kind is not SYSTEM.kind:
        if not source.strip():
            raise NoSource(field="source")
        note(row, text=str(_("Told by: %(who)s")) % {"who": source.strip()}, by=by, at=at)
    return row
