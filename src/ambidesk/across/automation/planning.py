"""
Planning: the journal's subscriber that writes down which rules are to run for what happened.

A run is a row before it is an act: whoever reads the same entry twice finds it there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ambidesk.across.automation.knowing import Ready, by_events, rules_that_act
from ambidesk.across.automation.looping import Chains, planned
from ambidesk.across.automation.models import Run
from ambidesk.across.automation.rules.telling import Told, tell
from ambidesk.across.automation.then import tickets_of_today, today_of
from ambidesk.across.automation.triggers import Trigger
from ambidesk.ground.kernel import journal, pumps
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.remembering import remembering
from ambidesk.support.tickets.models import Ticket

LANE = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An entry calls for a run of a rule on a ticket."""

    rule: Ready
    ticket_id: int
    entry: Entry
    trigger: str


def plan(entries: Sequence[Entry], *, at: datetime) -> None:
    """Write down the runs that these entries call for; safe to be told of them twice."""
    with remembering():
        calls = _calls_for(entries)
    if calls:
        write_down(calls, at=at)


def _calls_for(entries: Sequence[Entry]) -> list[Call]:
    rules = by_events(rules_that_act())
    listening = _listening(rules)
    wanted = [entry for entry in entries if entry.kind in listening]
    if not wanted:
        return []
    order = {rule.rule_id: place for place, rule in enumerate(rules)}
    return sorted(
        _calls(wanted, listening),
        key=lambda call: (call.entry.position, order[call.rule.rule_id]),
    )


def write_down(calls: Sequence[Call], *, at: datetime) -> None:
    """Write runs for calls that have none, stopped where they go round in a circle."""
    fresh = _unanswered(calls)
    chains = Chains.around([(call.ticket_id, call.entry) for call in fresh], at=at)
    runs = [
        planned(
            call.rule.version,
            call.ticket_id,
            cause=call.entry,
            trigger=call.trigger,
            chains=chains,
            at=at,
        )
        for call in fresh
    ]
    Run.objects.bulk_create(runs, ignore_conflicts=True)
    chains.report(runs, at=at)
    crash_point("rule-planned")
    if runs:
        transaction.on_commit(lambda: pumps.wake(LANE))


def history_of(numbers: Sequence[int]) -> tuple[dict[int, Ticket], dict[int, list[Entry]]]:
    """Read tickets, and all that happened to each and to its promise, oldest first."""
    rows = tickets_of_today(numbers)
    entries = journal.entries_of_many("ticket", list(rows))
    promises = {row.promise_id: row.pk for row in rows.values() if row.promise_id}
    told = journal.entries_of_many("promise", list(promises)) if promises else {}
    for promise, many in told.items():
        if many:
            mine = [*entries[promises[promise]], *many]
            entries[promises[promise]] = sorted(mine, key=lambda each: each.position.sequence)
    return rows, entries


def _listening(rules: Sequence[Ready]) -> dict[str, list[tuple[Ready, Trigger]]]:
    found: dict[str, list[tuple[Ready, Trigger]]] = {}
    for rule in rules:
        for trigger in rule.triggers:
            for kind in trigger.kinds:
                found.setdefault(kind, []).append((rule, trigger))
    return found


def _calls(
    entries: Sequence[Entry], listening: Mapping[str, Sequence[tuple[Ready, Trigger]]]
) -> Iterator[Call]:
    owners = _owners(entries)
    wanted = {entry.position.sequence for entry in entries}
    rows, history = history_of(sorted(set(owners.values())))
    for number, row in rows.items():
        for told in tell(history[number], today_of(row)):
            if told.entry.position.sequence in wanted:
                yield from called(row, told, listening=listening[told.entry.kind])


def called(
    ticket: Ticket, told: Told, *, listening: Sequence[tuple[Ready, Trigger]]
) -> Iterator[Call]:
    """Say which of the rules that listen run for an entry, each once."""
    entry, seen = told.entry, set[int]()
    for rule, trigger in listening:
        if rule.rule_id in seen or (rule.on_since and entry.at < rule.on_since):
            continue
        if trigger.is_it(told) and rule.holds(ticket, told.after, at=entry.at):
            seen.add(rule.rule_id)
            yield Call(rule=rule, ticket_id=ticket.pk, entry=entry, trigger=trigger.name)


def _owners(entries: Sequence[Entry]) -> dict[tuple[str, int], int]:
    """Say which ticket each subject is, or belongs to."""
    found = {("ticket", e.subject_id): e.subject_id for e in entries if e.subject_kind == "ticket"}
    promises = {e.subject_id for e in entries if e.subject_kind == "promise"}
    if promises:
        rows = Ticket.objects.filter(promise__in=promises).values_list("promise", "pk")
        found |= {("promise", promise): number for promise, number in rows if promise}
    return found


def _unanswered(calls: Sequence[Call]) -> list[Call]:
    """Leave out what a rule has answered before, also by an earlier version."""
    rows = Run.objects.filter(
        ticket__in={call.ticket_id for call in calls},
        cause__in={call.entry.position.sequence for call in calls},
    )
    known = set(rows.values_list("version__rule", "ticket", "cause"))
    return [
        call
        for call in calls
        if (call.rule.rule_id, call.ticket_id, call.entry.position.sequence) not in known
    ]
