"""Ending a batch: stopped before it is through, or undone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal, pumps
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.batches.beginning import AT_ONCE
from ambidesk.support.desk.batches.working import LANE, undo_items
from ambidesk.support.desk.events import BatchStopped, BatchUndone
from ambidesk.support.desk.models import Batch, BatchState, ItemState


class NotUnderWay(Refusal):
    """There is nothing to stop."""

    sentence = _("This is finished already.")


class StillUnderWay(Refusal):
    """It is stopped before it is undone."""

    sentence = _("This is still under way. Stop it first.")


class NothingToUndo(Refusal):
    """Nothing was done, or it was undone."""

    sentence = _("There is nothing left to undo.")


@transaction.atomic
def stop(batch: Batch, *, by: Actor, at: datetime) -> Batch:
    """
    Stop a batch; what is done stays done and can be undone.

    Raises:
        NotUnderWay: it is through.
    """
    row = Batch.objects.select_for_update().get(pk=batch.pk)
    if row.state != BatchState.WORKING:
        raise NotUnderWay
    row.state = BatchState.STOPPED
    row.save(update_fields=["state"])
    journal.record(BatchStopped(batch_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def undo(batch: Batch, *, by: Actor, at: datetime) -> Batch:
    """
    Undo what a batch did, as far as nobody has changed it since.

    Raises:
        StillUnderWay: it runs.
        NothingToUndo: it did nothing, or was undone.
    """
    row = Batch.objects.select_for_update().get(pk=batch.pk)
    if row.is_moving:
        raise StillUnderWay
    left = row.items.filter(state=ItemState.DONE).update(state=ItemState.LEAVING)
    if not left:
        raise NothingToUndo
    row.state = BatchState.UNDOING
    if left <= AT_ONCE:
        items = list(row.items.filter(state=ItemState.LEAVING).order_by("pk"))
        undo_items(row, items, by=by, at=at)
        row.state = BatchState.UNDONE
    else:
        transaction.on_commit(lambda: pumps.wake(LANE))
    row.save(update_fields=["state"])
    journal.record(BatchUndone(batch_id=row.pk), by=by, at=at)
    return row
