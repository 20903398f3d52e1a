"""Custom fields of every kind, and what tickets are filled with, drawn at random."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from ambidesk.ground.fields.defining import Choice, Wanted, define
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.spec import CHOSEN, Kind, Texts
from ambidesk.ground.reach.actor import SYSTEM

MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CUSTOM = (
    Kind.TEXT,
    Kind.WHOLE,
    Kind.DECIMAL,
    Kind.YES,
    Kind.DAY,
    Kind.INSTANT,
    Kind.CHOICE,
    Kind.SEVERAL,
    Kind.TREE,
)


def defined(kind: Kind) -> Definition:
    """A field of a kind."""
    names = ("Kitchen", "Cellar") if kind in CHOSEN else ()
    choices = tuple(
        Choice(label=Texts(en=name), depth=depth if kind is Kind.TREE else 0)
        for depth, name in enumerate(names)
    )
    wanted = Wanted(kind=kind, label=Texts(en=f"A {kind}"), choices=choices)
    return define(None, wanted=wanted, by=SYSTEM, at=MOMENT)


def columns(
    kind: Kind,
    *,
    options: list[int],
    words: st.SearchStrategy[str],
    instants: st.SearchStrategy[datetime],
) -> st.SearchStrategy[list[dict[str, object]]]:
    """Columns of the rows that a field of a kind is filled with; none at all, often."""
    if kind in CHOSEN:
        most = 2 if kind is Kind.SEVERAL else 1
        chosen = st.lists(st.sampled_from(options), max_size=most, unique=True)
        return chosen.map(lambda keys: [{"option_id": key} for key in keys])
    value: dict[Kind, tuple[str, st.SearchStrategy[Any]]] = {
        Kind.TEXT: ("words", words),
        Kind.WHOLE: ("number", st.integers(-2, 5)),
        Kind.DECIMAL: ("number", st.sampled_from(["0.5", "1.000001", "-1.5", "2"])),
        Kind.YES: ("is_yes", st.booleans()),
        Kind.DAY: ("day", instants.map(datetime.date)),
        Kind.INSTANT: ("instant", instants),
    }
    column, drawn = value[kind]
    return st.lists(st.fixed_dictionaries({column: drawn}), max_size=1)
