"""What a desk does once its backup is restored, before anybody works with it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction

from ambidesk.across.privacy.erasing import replay
from ambidesk.ground.kernel import holding
from ambidesk.ground.kernel.journal import raise_epoch
from ambidesk.ground.reach.actor import SYSTEM


def after_restore(erased: Sequence[int], *, at: datetime) -> None:
    """
    Raise the journal's epoch, hold what would leave, erase again who was erased since.

    May be called again; a second call raises the epoch once more, which does no harm.
    """
    with transaction.atomic():
        raise_epoch()
        holding.hold(at=at)
    replay(erased, by=SYSTEM, at=at)


def release() -> None:
    """Let the desk send again: somebody has looked and confirms that this is the one."""
    holding.release(by=SYSTEM, at=datetime.now(UTC))
