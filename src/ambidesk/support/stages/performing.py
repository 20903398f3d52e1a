"""Performing: a contractor ticks off the lines of the stage that was handed over to them."""

from datetime import datetime

from django.db import transaction

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.handovers.locking import lock_both, require_theirs
from ambidesk.support.handovers.models import Handover
from ambidesk.support.handovers.moving import NotNow
from ambidesk.support.handovers.rules.standing import Standing
from ambidesk.support.stages.ticking import tick


@transaction.atomic
def tick_off(handover: Handover, item: int, *, done: bool, by: Actor, at: datetime) -> None:
    """
    Let a contractor call a line of the stage's checklist done, or not done; twice is once.

    Raises:
        NotEntitled: somebody else does.
        NotNow: it is not theirs to do now.
        AlreadyClosed, AlreadyMerged, NoProcess, ProcessOver, NoSuchLine: there is nothing to do.
    """
    ticket, row = lock_both(handover)
    require_theirs(row, by=by)
    if row.standing != Standing.ACCEPTED or row.stay is None:
        raise NotNow(standing=Standing(row.standing).label)
    tick(ticket, stage=row.stay.stage, item=item, done=done, by=by, at=at)
