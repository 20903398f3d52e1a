"""Paging by keyset: a cursor names a place in one list, signed so that nobody makes up others."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput

SALT = "ambidesk api cursor"
M = TypeVar("M", bound=Model)
T = TypeVar("T")


class NoSuchPlace(InvalidInput):
    """The cursor is none of this list."""

    sentence = _("This cursor names no place in this list. Begin without one.")


def cursor(of: str, place: Sequence[object]) -> str:
    """Name a place in the list of this name."""
    return signing.dumps([of, *place], salt=SALT, compress=False)


def place_in(of: str, after: str) -> list[Any]:
    """
    Read a cursor.

    Raises:
        NoSuchPlace: it was not made by us, or for another list.
    """
    try:
        name, *place = signing.loads(after, salt=SALT)
    except (signing.BadSignature, ValueError) as wrong:
        raise NoSuchPlace(field="after") from wrong
    if name != of:
        raise NoSuchPlace(field="after")
    return list(place)


def page_of(
    rows: QuerySet[M],
    *,
    of: str,
    after: str,
    limit: int,
    show: Callable[[M], T],
    newest_first: bool = False,
) -> dict[str, Any]:
    """
    Give a page of rows in the order of their ids.

    Raises:
        NoSuchPlace: the cursor is none of this list.
    """
    if after:
        (pk,) = place_in(of, after)
        rows = rows.filter(Q(pk__lt=pk) if newest_first else Q(pk__gt=pk))
    found = list(rows.order_by("-pk" if newest_first else "pk")[: limit + 1])
    shown = found[:limit]
    following = cursor(of, [shown[-1].pk]) if len(found) > limit else None
    return {"items": [show(row) for row in shown], "next": following}
