"""
Working: what batches still have to do is done piece by piece, a transaction each.

Rights are those that the user has at that moment; whoever is signed out for good changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import translation

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.support.desk.batches.applying import Applied, apply_steps, refusals_of
from ambidesk.support.desk.events import MacroApplied
from ambidesk.support.desk.models import Batch, BatchItem, BatchState, ItemState, Macro
from ambidesk.support.desk.models.batch import MOVING
from ambidesk.support.desk.steps.step import kept_steps
from ambidesk.support.tickets.restoring import Change, restore_many
from ambidesk.support.tickets.snapshots import Snapshot

LANE = "batches"
PIECE = 50
TO_DO = {BatchState.WORKING: ItemState.WAITING, BatchState.UNDOING: ItemState.LEAVING}
THEN = {BatchState.WORKING: BatchState.DONE, BatchState.UNDOING: BatchState.UNDONE}


@transaction.atomic
def work_due(*, at: datetime) -> int:
    """Work a piece of the batch that has waited longest; say how many tickets it held."""
    moving = Batch.objects.filter(state__in=MOVING).order_by(F("worked_at").asc(nulls_first=True))
    batch = moving.select_related("user").select_for_update(skip_locked=True, of=("self",)).first()
    if batch is None:
        return 0
    state = BatchState(batch.state)
    items = list(batch.items.filter(state=TO_DO[state]).order_by("pk")[:PIECE])
    with translation.override(batch.user.language or "en"):
        actor = actor_of(batch.user)
        if state is BatchState.WORKING:
            work_items(batch, items, by=actor, at=at)
        else:
            undo_items(batch, items, by=actor, at=at)
    if len(items) < PIECE:
        batch.state = THEN[state]
    batch.worked_at = at
    batch.save(update_fields=["state", "worked_at"])
    signal(f"user:{batch.user_id}")
    return max(len(items), 1)


def work_items(batch: Batch, items: Sequence[BatchItem], *, by: Actor, at: datetime) -> None:
    """Do the steps of a batch with the tickets of some of its items."""
    mark = journal.newest_sequence() if batch.macro_id else 0
    numbers = [item.ticket_id for item in items]
    applied = apply_steps(kept_steps(batch.steps), numbers, by=by, at=at)
    for item in items:
        _tell(item, applied)
    BatchItem.objects.bulk_update(items, ["state", "kept", "refusal"])
    if batch.macro_id:
        done = list(applied.changes)
        _record(batch, done, mark=mark, undone=False, by=by, at=at)
        Macro.objects.filter(pk=batch.macro_id).update(used_times=F("used_times") + len(done))


def undo_items(batch: Batch, items: Sequence[BatchItem], *, by: Actor, at: datetime) -> None:
    """Undo what a batch did with the tickets of some of its items."""
    mark = journal.newest_sequence() if batch.macro_id else 0
    numbers = [item.ticket_id for item in items]
    refused = refusals_of(kept_steps(batch.steps), numbers, by=by)
    going = [_change(item) for item in items if item.ticket_id not in refused]
    outcome = restore_many(going, by=by, at=at)
    refused |= outcome.refused
    for item in items:
        refusal = refused.get(item.ticket_id)
        item.state = ItemState.STAYS if refusal else ItemState.UNDONE
        item.refusal = str(refusal or "")[:300]
    BatchItem.objects.bulk_update(items, ["state", "refusal"])
    if batch.macro_id:
        done = [ticket.pk for ticket in outcome.done]
        _record(batch, done, mark=mark, undone=True, by=by, at=at)


def _tell(item: BatchItem, applied: Applied) -> None:
    change, refusal = applied.changes.get(item.ticket_id), applied.refused.get(item.ticket_id)
    item.state = ItemState.DONE if change else ItemState.REFUSED
    item.refusal = str(refusal or "")[:300]
    if change:
        item.kept = {"before": change.before.written(), "after": change.after.written()}


def _change(item: BatchItem) -> Change:
    kept = item.kept or {}
    return Change(
        number=item.ticket_id,
        before=Snapshot.read(kept["before"]),
        after=Snapshot.read(kept["after"]),
    )


def _record(
    batch: Batch, numbers: Sequence[int], *, mark: int, undone: bool, by: Actor, at: datetime
) -> None:
    """One entry a ticket that names the macro, and those that it gathers."""
    made = journal.sequences_after(mark, subject_kind="ticket", subject_ids=numbers)
    events = [
        MacroApplied(
            ticket_id=number,
            macro_id=batch.macro_id or 0,
            batch_id=batch.pk,
            undone=undone,
            sequences=made.get(number, []),
        )
        for number in numbers
    ]
    journal.record_many(events, by=by, at=at)
