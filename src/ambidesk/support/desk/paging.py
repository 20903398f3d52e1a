"""Paging: the cursor of a list is the instant of the last word and the number of its last row."""

import re
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.support.tickets.models import Ticket

CURSOR = re.compile(r"([0-9]{1,16})-([0-9]{1,18})", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class WrongCursor(InvalidInput):
    """The address names no place in a list."""

    sentence = _("This page of the list does not exist. Begin at the top.")


def cursor_of(ticket: Ticket) -> str:
    """Name the place just after a ticket."""
    return f"{(ticket.last_at - EPOCH) // MICROSECOND}-{ticket.pk}"


def following(cursor: str) -> Q:
    """
    Give the condition for what comes after a cursor in the order of lists.

    Raises:
        WrongCursor: it is none.
    """
    found = CURSOR.fullmatch(cursor)
    if found is None:
        raise WrongCursor(field="after")
    last_at = EPOCH + int(found[1]) * MICROSECOND
    # Written so that the first half is a range of the index, and only ties are looked at twice.
    return Q(last_at__lte=last_at) & ~Q(last_at=last_at, pk__gte=int(found[2]))


def down_to(ticket: Ticket) -> Q:
    """Give the condition for what comes before a ticket in the order of lists, it included."""
    return Q(last_at__gte=ticket.last_at) & ~Q(last_at=ticket.last_at, pk__lt=ticket.pk)
