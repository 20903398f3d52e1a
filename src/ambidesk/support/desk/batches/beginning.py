"""
Beginning a batch: small ones are worked through at once, larger ones by a lane in the background.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal, pumps
from ambidesk.ground.kernel.refusal import AboveLimit, InvalidInput, NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.batches.working import LANE, work_items
from ambidesk.support.desk.events import BatchBegun
from ambidesk.support.desk.models import Batch, BatchItem, BatchState, ItemState, Macro
from ambidesk.support.desk.steps.step import Step, kept_steps, require_rights
from ambidesk.support.tickets.models import Ticket

AT_ONCE = 100
MOST = 10_000


class NothingChosen(InvalidInput):
    """There is no ticket to work on."""

    sentence = _("Choose at least one ticket.")


class TooManyTickets(AboveLimit):
    """So many are not changed by one press of a key."""

    sentence = _("That is %(total)s tickets; at most %(most)s can be changed at once.")


class MacroGone(Refusal):
    """It was taken out of use."""

    sentence = _("The macro “%(name)s” is archived.")


def apply_macro(macro: Macro, ticket: Ticket, *, by: Actor, at: datetime) -> Batch:
    """
    Apply a macro to one ticket, all of it or nothing.

    Raises:
        MacroGone, MayNotStep: it cannot be applied by this actor now.
        Refusal: of the step that this ticket refuses.
    """
    with transaction.atomic():
        batch = begin_macro(macro, [ticket.pk], by=by, at=at)
        item = batch.items.get()
        if item.state == ItemState.REFUSED:
            raise StepRefused(words=item.refusal)
    return batch


def apply_whole(steps: Sequence[Step], ticket: Ticket, *, by: Actor, at: datetime) -> Batch:
    """
    Do steps with one ticket, all of them or nothing.

    Raises:
        MayNotStep: the actor lacks a right.
        StepRefused: this ticket refuses one of them.
    """
    with transaction.atomic():
        batch = begin(steps, [ticket.pk], by=by, at=at)
        item = batch.items.get()
        if item.state == ItemState.REFUSED:
            raise StepRefused(words=item.refusal)
    return batch


class StepRefused(Refusal):
    """One of the steps cannot be done with this ticket."""

    sentence = _("Nothing was changed. %(words)s")


def begin_macro(macro: Macro, numbers: Collection[int], *, by: Actor, at: datetime) -> Batch:
    """
    Apply a macro to tickets.

    Raises:
        MacroGone, MayNotStep: it cannot be applied by this actor now.
        NothingChosen, TooManyTickets: not to so many.
    """
    if macro.archived_at:
        raise MacroGone(name=macro.name)
    return _begin(kept_steps(macro.steps), numbers, macro=macro, by=by, at=at)


def begin(steps: Sequence[Step], numbers: Collection[int], *, by: Actor, at: datetime) -> Batch:
    """
    Do steps with tickets.

    Raises:
        MayNotStep: the actor lacks a right.
        NothingChosen, TooManyTickets: not with so many.
    """
    return _begin(steps, numbers, macro=None, by=by, at=at)


@transaction.atomic
def _begin(
    steps: Sequence[Step],
    numbers: Collection[int],
    *,
    macro: Macro | None,
    by: Actor,
    at: datetime,
) -> Batch:
    if by.user_id is None:
        raise NotEntitled
    require_rights(steps, by=by)
    # Each once, and only what there is: a number may have been made up.
    there = Ticket.objects.filter(pk__in=set(numbers)).order_by("pk")
    found = list(there.values_list("pk", flat=True))
    total = len(found)
    if not total:
        raise NothingChosen(field="ticket")
    if total > MOST:
        raise TooManyTickets(total=total, most=MOST)
    batch = Batch.objects.create(
        user_id=by.user_id,
        macro=macro,
        steps=[step.written() for step in steps],
        total=total,
        at=at,
    )
    rows = [BatchItem(batch=batch, ticket_id=number) for number in found]
    items = BatchItem.objects.bulk_create(rows, batch_size=1_000)
    if total > 1:
        journal.record(BatchBegun(batch_id=batch.pk, total=total), by=by, at=at)
    if total <= AT_ONCE:
        work_items(batch, items, by=by, at=at)
        batch.state = BatchState.DONE
        batch.save(update_fields=["state"])
    else:
        transaction.on_commit(lambda: pumps.wake(LANE))
    return batch
