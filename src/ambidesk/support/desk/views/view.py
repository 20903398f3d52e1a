"""One view, whoever made it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

Asking = Callable[[datetime], Q]
# Of a view that counts related rows for each ticket, so many are looked at: for a page, a count.
LOOKED = 1_250


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """
    One entry of the left pane; `key` follows `g`, `saved` is the id of a saved view.

    `is_open`: only tickets neither solved nor closed belong to it. `same` is equal where `asks`
    asks the same; None where the journal does not tell when its count changes. `is_dear`: related
    rows are counted for each ticket, so that no more than some of the latest are looked at.
    """

    slug: str
    name: str
    icon: str
    asks: Asking
    same: Hashable
    key: str = ""
    is_open: bool = True
    is_dear: bool = False
    saved: int | None = None
    team: str = ""
    problem: str = ""
