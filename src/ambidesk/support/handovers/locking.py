"""Locking: the ticket first, then the handover; and whose side somebody is on."""

from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.remembering import remembered
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.power import Power
from ambidesk.support.handovers.models import Correspondence, Handover
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock


def lock_both(handover: Handover) -> tuple[Ticket, Handover]:
    """Lock the ticket of a handover, then itself; both are read afresh."""
    ticket = lock(handover.ticket)
    rows = Handover.objects.select_for_update(of=("self",)).select_related("contractor", "team")
    return ticket, rows.get(pk=handover.pk)


def performs_for(actor: Actor) -> frozenset[int]:
    """The companies for which a contact does what is handed over."""
    if actor.kind is not ActorKind.CONTACT or not actor.authorities:
        return frozenset()
    able = Authority.objects.filter(
        pk__in=actor.authorities, powers__contains=[Power.PERFORM.value]
    )
    read = able.values_list("company", flat=True)
    return remembered(("performs_for", actor.authorities), lambda: frozenset(read))


def require_theirs(row: Handover, *, by: Actor) -> None:
    """
    Let only the contractor's people go on; ours where the contractor answers by mail.

    Raises:
        NotEntitled: it is somebody else.
    """
    is_ours = by.kind is not ActorKind.CONTACT
    if is_ours and Correspondence.objects.filter(handover=row).exists():
        return
    if row.company_id not in performs_for(by):
        raise NotEntitled


def require_ours(*, by: Actor) -> None:
    """
    Let no contact go on.

    Raises:
        NotEntitled: it is one.
    """
    if by.kind is ActorKind.CONTACT:
        raise NotEntitled


def require_side(row: Handover, *, by: Actor) -> None:
    """
    Let our people and the contractor's go on.

    Raises:
        NotEntitled: it is somebody else.
    """
    if by.kind is ActorKind.CONTACT:
        require_theirs(row, by=by)
