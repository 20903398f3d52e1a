"""
Trying: raw items that were read are taken in, a batch at once.

A batch that fails is tried again one by one; what fails alone stands in quarantine.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Protocol, TypeVar

from django.db import OperationalError, connection

from ambidesk.support.conversations.models import IntakeItem
from ambidesk.support.conversations.quarantine import set_aside

log = logging.getLogger(__name__)
# So many times an item may have brought down whoever held it.
LIVES: Final = 5
GAVE_UP, FAULT = "gave-up", "fault"


class Read(Protocol):
    """What was read of an item."""

    @property
    def item(self) -> IntakeItem:
        """The item as it came."""


R = TypeVar("R", bound=Read)


def try_in(read: Sequence[R], take_in: Callable[[Sequence[R]], object], *, at: datetime) -> None:
    """Take in what was read; what was tried before alone and last, it may bring down others."""
    fresh = [each for each in read if each.item.attempts == 1]
    try:
        if fresh:
            take_in(fresh)
    except Exception:  # which of them it was shows one by one
        _raise_if_lost()
        log.warning("a batch of %s items failed, one by one now", len(fresh), exc_info=True)
        _try_each(fresh, take_in, at=at)
    _try_each([each for each in read if each.item.attempts > 1], take_in, at=at)


def _try_each(read: Sequence[R], take_in: Callable[[Sequence[R]], object], *, at: datetime) -> None:
    for each in read:
        try:
            take_in([each])
        except OperationalError:
            # A deadlock or a time limit: its lease runs out, and it is tried again.
            _raise_if_lost()
            log.warning("item %s has to wait", each.item.pk, exc_info=True)
        except Exception:  # this item alone is what cannot be taken in
            _raise_if_lost()
            log.exception("item %s was set aside", each.item.pk)
            set_aside([each.item], FAULT, at=at)


def _raise_if_lost() -> None:
    """Pass a fault on when the database is gone: it is no item's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
