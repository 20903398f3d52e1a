"""Documents: what of a row can be found, and the sorts of rows that higher packages declare."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """
    A row as the index sees it.

    `whole` is the id of what it is a part of; `short` counts more than `body`; `scopes` are what
    reach cuts by; `marks` what filters ask for; `persons` whom it is about, for erasing.
    """

    id: int
    whole: int
    at: datetime
    short: str
    body: str = ""
    scopes: tuple[int, ...] = ()
    marks: tuple[str, ...] = ()
    persons: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A row that the actor may see, as it is shown; texts as they are, never markup."""

    id: int
    whole: int
    at: datetime
    title: str
    detail: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """
    One sort of rows that can be found; `letter` names it in the index and is its own.

    `documents` gives those of the ids that can be found now; `touched` the ids that entries of the
    journal may have changed; `found` what of the ids the actor may see. `numbered`: people say ids.
    """

    name: str
    letter: str
    label: str | Promise
    documents: Callable[[Sequence[int]], Iterable[Document]]
    touched: Callable[[Sequence[Entry]], Collection[int]]
    found: Callable[[Sequence[int], Actor], Iterable[Found]]
    numbered: bool = False


Scopes = Callable[[Actor], "tuple[int, ...] | None"]
_sorts: dict[str, Sort] = {}
_scopes: list[Scopes] = []


def declare(sort: Sort) -> None:
    """Add a sort of rows to what can be found; results are grouped in this order."""
    other = next((each for each in _sorts.values() if each.letter == sort.letter), sort)
    if other.name != sort.name:
        raise TypeError(f"{sort.name} and {other.name} have one letter")
    _sorts[sort.name] = sort


def declare_scopes(scopes: Scopes) -> None:
    """Say which scopes an actor sees; None is all of them."""
    _scopes[:] = [scopes]


def sorts() -> tuple[Sort, ...]:
    """Every sort of rows that can be found."""
    return tuple(_sorts.values())


def scopes_of(actor: Actor) -> tuple[int, ...] | None:
    """Say which scopes an actor sees; None is all of them, and nobody said is none."""
    return _scopes[0](actor) if _scopes else ()
