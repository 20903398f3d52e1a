"""One view, whoever made it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

Asking = Callable[[datetime], Q]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """
    One entry of the left pane; `key` follows `g`, `saved` is the id of a saved view.

    `is_open`: only tickets neither solved nor closed belong to it. `same` is equal where `asks`
    asks the same; None where the journal does not tell when its count changes.
    """

    slug: str
    name: str
    icon: str
    asks: Asking
    same: Hashable
    key: str = ""
    is_open: bool = True
    saved: int | None = None
    team: str = ""
    problem: str = ""
