"""Trusting: a person looked at a suspended ticket, or at somebody in copy, and lets them in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models import Participant, ParticipantRole
from ambidesk.support.tickets.events import PartyAccepted, SuspensionLifted
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock, record
from ambidesk.support.tickets.rules.suspension import SuspendedFor


class NotSuspended(Refusal):
    """Nothing holds the ticket back."""

    sentence = _("Ticket #%(number)s is not suspended.")


class NotInCopy(Refusal):
    """Nobody put this address in copy, or it is a party already."""

    sentence = _("This address is not waiting to be let in.")


@transaction.atomic
def lift_suspension(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """
    Let a suspended ticket in among the others.

    Raises:
        NotSuspended: it is there already.
    """
    ticket = lock(ticket)
    if not ticket.suspended:
        raise NotSuspended(number=ticket.number)
    ticket.suspended = False
    ticket.suspended_for = ""
    ticket.save(update_fields=["suspended", "suspended_for"])
    record(SuspensionLifted(ticket_id=ticket.pk), ticket, by=by, at=at)
    return ticket


def suspect(ticket: Ticket, reason: SuspendedFor) -> Ticket:
    """Keep a locked ticket held for another reason, as the entry beside it says."""
    ticket.suspended_for = reason
    ticket.save(update_fields=["suspended_for"])
    return ticket


@transaction.atomic
def accept_party(ticket: Ticket, identity: Identity, *, by: Actor, at: datetime) -> None:
    """
    Let an address that somebody put in copy take part in the ticket.

    Raises:
        NotInCopy: it is not in copy.
    """
    ticket = lock(ticket)
    copied = Participant.objects.filter(
        identity=identity,
        role=ParticipantRole.COPIED,
        thread__in=ticket.filings.filter(withdrawn_at=None).values("message__thread"),
    )
    if not copied.update(role=ParticipantRole.ACCEPTED):
        raise NotInCopy
    record(PartyAccepted(ticket_id=ticket.pk, identity_id=identity.pk), ticket, by=by, at=at)
