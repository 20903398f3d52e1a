"""Linking: tickets that have to do with each other, undone by a word."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.events import TicketsLinked
from ambidesk.support.tickets.models import Link, LinkKind, Ticket
from ambidesk.support.tickets.recording import lock_pair, record
from ambidesk.support.tickets.regrouping import SameTicket


class AlreadyLinked(Refusal):
    """They are linked so."""

    sentence = _("These tickets are linked already.")


class InARing(Refusal):
    """A part cannot contain its whole."""

    sentence = _("Ticket #%(number)s is itself part of this one.")


@transaction.atomic
def link(source: Ticket, target: Ticket, *, kind: LinkKind, by: Actor, at: datetime) -> Link:
    """
    Link two tickets; with `PARENT` the source becomes a part of the target.

    Raises:
        SameTicket, AlreadyLinked, InARing: they cannot be linked so.
    """
    if source.pk == target.pk:
        raise SameTicket
    source, target = lock_pair(source, target)
    if kind is LinkKind.PARENT and _is_part_of(target, source):
        raise InARing(number=target.number)
    try:
        with transaction.atomic():
            made = Link.objects.create(source=source, target=target, kind=kind, at=at)
    except IntegrityError as standing:
        raise AlreadyLinked from standing
    _record(made, undone=False, by=by, at=at)
    return made


@transaction.atomic
def unlink(made: Link, *, by: Actor, at: datetime) -> None:
    """Undo a link; undoing it twice is once."""
    if Link.objects.filter(pk=made.pk, undone_at=None).update(undone_at=at):
        _record(made, undone=True, by=by, at=at)


def _is_part_of(ticket: Ticket, whole: Ticket) -> bool:
    seen: set[int] = set()
    current: int | None = ticket.pk
    while current and current not in seen:
        if current == whole.pk:
            return True
        seen.add(current)
        current = (
            Link.objects.filter(source_id=current, kind=LinkKind.PARENT, undone_at=None)
            .values_list("target_id", flat=True)
            .first()
        )
    return False


def _record(made: Link, *, undone: bool, by: Actor, at: datetime) -> None:
    for ticket, other in ((made.source, made.target), (made.target, made.source)):
        event = TicketsLinked(
            ticket_id=ticket.pk, other_id=other.pk, link_id=made.pk, undone=undone
        )
        record(event, ticket, by=by, at=at)
