"""Planning: what an import would do with a file, before it does anything."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ambidesk.across.importing.knowing import Known, missing
from ambidesk.across.importing.models import ImportedTicket
from ambidesk.across.importing.rules.histories import Assembled, History
from ambidesk.across.importing.rules.mapping import Mapping
from ambidesk.across.importing.rules.rows import Fault, Problem
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Origin

AT_ONCE = 1000
OURS = "tickets."


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Tickets to write, those to go on with, those that are in, and what is held back and why."""

    new: tuple[History, ...] = ()
    grown: tuple[tuple[History, ImportedTicket], ...] = ()
    unchanged: tuple[History, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: int = 0
    held: frozenset[str] = field(default_factory=frozenset)

    @property
    def taken(self) -> tuple[History, ...]:
        """What is here once the plan is carried out."""
        return (*self.new, *(history for history, _row in self.grown), *self.unchanged)


def plan(assembled: Assembled, here: Known, *, mapping: Mapping) -> Plan:
    """Compare a file with what is here; nothing is written."""
    new: list[History] = []
    grown: list[tuple[History, ImportedTicket]] = []
    unchanged: list[History] = []
    problems = [*assembled.problems, *missing(assembled.histories, here, mapping=mapping)]
    held = {each.ticket for each in problems if each.ticket}
    coming = [each for each in assembled.histories if each.key not in held]
    for first in range(0, len(coming), AT_ONCE):
        part = coming[first : first + AT_ONCE]
        there = _there(mapping.source, part)
        for history in part:
            row = there.get(history.key)
            if row is None:
                new.append(history)
            elif history.digest(row.rows) != row.digest or len(history.rows) < row.rows:
                problems.append(_changed(history, Fault.CHANGED_THERE))
            elif len(history.rows) == row.rows:
                unchanged.append(history)
            elif row.ticket.requester.erased_at:
                problems.append(_changed(history, Fault.ERASED))
            else:
                grown.append((history, row))
    touched = touched_here([row.ticket_id for _history, row in grown])
    problems += [_changed(h, Fault.CHANGED_HERE) for h, row in grown if row.ticket_id in touched]
    return Plan(
        new=tuple(new),
        grown=tuple((h, row) for h, row in grown if row.ticket_id not in touched),
        unchanged=tuple(unchanged),
        problems=tuple(sorted(problems, key=lambda each: each.line)),
        rows=assembled.rows,
        held=frozenset(each.ticket for each in problems if each.ticket),
    )


def touched_here(tickets: Sequence[int]) -> set[int]:
    """Say which of these tickets somebody worked on here, after they had come in."""
    return {
        number
        for first in range(0, len(tickets), AT_ONCE)
        for number, entries in journal.entries_of_many(
            "ticket", tickets[first : first + AT_ONCE]
        ).items()
        if any(each.origin != Origin.IMPORT and each.kind.startswith(OURS) for each in entries)
    }


def _there(source: str, histories: Sequence[History]) -> dict[str, ImportedTicket]:
    keys = [each.key for each in histories]
    rows = ImportedTicket.objects.filter(source=source, key__in=keys)
    return {row.key: row for row in rows.select_related("ticket__requester")}


def _changed(history: History, fault: Fault) -> Problem:
    return Problem(fault=fault, line=history.rows[-1].line, ticket=history.key)
