"""Previewing: a macro is done and taken back at once, so that what it says is what would be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Direction
from ambidesk.support.desk.batches.applying import apply_steps
from ambidesk.support.desk.models import Macro
from ambidesk.support.desk.steps.step import Step, kept_steps, require_rights
from ambidesk.support.tickets.models import Filing, Note, Ticket
from ambidesk.support.tickets.restoring import Change
from ambidesk.support.tickets.snapshots import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """
    What a macro would do with a ticket: the ticket before and after.

    `refusal` is a sentence where it would refuse; `said` are the answers, `noted` the notes.
    """

    before: Snapshot | None = None
    after: Snapshot | None = None
    said: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    refusal: str = ""


def preview(macro: Macro, ticket: Ticket, *, by: Actor, at: datetime) -> Preview:
    """
    Say what a macro would do with a ticket; nothing of it stays.

    Raises:
        MayNotStep: the actor lacks a right.
    """
    return preview_steps(kept_steps(macro.steps), ticket, by=by, at=at)


def preview_steps(steps: Sequence[Step], ticket: Ticket, *, by: Actor, at: datetime) -> Preview:
    """
    Say what steps would do with a ticket; nothing of it stays.

    Raises:
        MayNotStep: the actor lacks a right.
    """
    require_rights(steps, by=by)
    with transaction.atomic():
        applied = apply_steps(steps, [ticket.pk], by=by, at=at)
        change = applied.changes.get(ticket.pk)
        said, noted = _spoken(change) if change else ((), ())
        transaction.set_rollback(True)
    refusal = applied.refused.get(ticket.pk)
    return Preview(
        before=change.before if change else None,
        after=change.after if change else None,
        said=said,
        noted=noted,
        refusal=str(refusal or ""),
    )


def _spoken(change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
    filed = Filing.objects.filter(
        ticket=change.number,
        message__direction=Direction.OUTBOUND,
        message__gt=change.before.last_message,
        message__lte=change.after.last_message,
    )
    notes = Note.objects.filter(ticket=change.number, pk__gt=change.before.last_note)
    return (
        tuple(filed.order_by("message").values_list("message__text", flat=True)),
        tuple(notes.order_by("pk").values_list("text", flat=True)),
    )
