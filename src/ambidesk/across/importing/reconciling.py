"""Reconciling: what the file says is counted against what is here."""

from collections import Counter
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass

from ambidesk.across.importing.models import ImportedTicket
from ambidesk.across.importing.planning import AT_ONCE, touched_here
from ambidesk.across.importing.rules.histories import History, differences
from ambidesk.support.tickets.rules.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One thing counted in the file and here."""

    file: int
    desk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Tickets, their rows, the states they ended in; those worked on here are counted apart."""

    tickets: Count
    rows: Count
    states: Table[State, Count]
    worked_on_here: int

    @property
    def agrees(self) -> bool:
        """Whether file and desk say the same of everything."""
        return all(
            each.file == each.desk for each in (self.tickets, self.rows, *self.states.values())
        )


def reconcile(histories: Sequence[History], source: str) -> Reconciliation:
    """Count tickets that should be here, in the file and here."""
    here: dict[str, ImportedTicket] = {}
    for first in range(0, len(histories), AT_ONCE):
        keys = [each.key for each in histories[first : first + AT_ONCE]]
        rows = ImportedTicket.objects.filter(source=source, key__in=keys).select_related("ticket")
        here |= {row.key: row for row in rows}
    touched = touched_here([row.ticket_id for row in here.values()])
    compared = [
        each
        for each in histories
        if each.key not in here or here[each.key].ticket_id not in touched
    ]
    told = Counter(_end(each) for each in compared)
    found = Counter(State(here[each.key].ticket.state) for each in compared if each.key in here)
    return Reconciliation(
        tickets=Count(file=len(histories), desk=len(here)),
        rows=Count(
            file=sum(len(each.rows) for each in histories),
            desk=sum(row.rows for row in here.values()),
        ),
        states={
            state: Count(file=told[state], desk=found[state])
            for state in State
            if told[state] or found[state]
        },
        worked_on_here=len(touched),
    )


def _end(history: History) -> State:
    *_before, last = differences(history)
    return last.after
