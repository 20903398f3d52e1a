"""Judging one ticket's past: for which causes a rule would have run, and why, or why not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ambidesk.across.automation.knowing import Ready
from ambidesk.across.automation.looping import Chains
from ambidesk.across.automation.models import Outcome
from ambidesk.across.automation.rules.judging import judged
from ambidesk.across.automation.rules.standing import Standing
from ambidesk.across.automation.rules.telling import Today, Told, tell
from ambidesk.across.automation.saying import After
from ambidesk.across.automation.sweeping import TRIGGER, window_of
from ambidesk.across.automation.then import Then
from ambidesk.ground.conditions.binding import Asker, bind
from ambidesk.ground.conditions.tree import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    Not,
)
from ambidesk.ground.kernel.journal import Entry
from ambidesk.support.promises.events import TermsChosen
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From an instant up to another, half open."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Say whether an instant lies in it."""
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A cause that was judged."""

    ticket_id: int
    cause: int
    trigger: str
    at: datetime
    outcome: Outcome
    verdicts: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A ticket and all that happened to it, oldest first, with what led to that."""

    ticket: Ticket
    today: Today
    entries: Sequence[Entry]
    chains: Chains


def cases_of(rule: Ready, past: Past, *, period: Period) -> Iterator[Case]:
    """Judge every cause of a period that a rule waits for."""
    if isinstance(rule.said.when, After):
        yield from _by_time(rule, rule.said.when, past, period)
    else:
        yield from _by_events(rule, past, period)


def _by_events(rule: Ready, past: Past, period: Period) -> Iterator[Case]:
    triggers = rule.triggers
    for told in tell(past.entries, past.today):
        entry = told.entry
        if not period.holds(entry.at) or rule.rule_id in past.chains.before(past.ticket.pk, entry):
            continue
        for trigger in triggers:
            if entry.kind in trigger.kinds and trigger.is_it(told):
                entries = _up_to(past.entries, entry)
                then = Then(past.ticket, told.after, entries=entries)
                yield _case(rule, then, told, trigger.name, at=entry.at)
                break


def _by_time(rule: Ready, when: After, past: Past, period: Period) -> Iterator[Case]:
    window = window_of(when, after=period.since, until=period.until)
    for told, ends in _stretches(past):
        due = window.due(told.after)
        if not period.holds(due) or due < told.entry.at or (ends and due >= ends):
            continue
        standing = _at(past, due)
        if standing.state in when.turn.states:
            then = Told(entry=told.entry, before=told.before, after=standing)
            entries = [each for each in past.entries if each.at <= due]
            ticket = Then(past.ticket, standing, entries=entries)
            yield _case(rule, ticket, then, TRIGGER, at=due)


def _stretches(past: Past) -> Iterator[tuple[Told, datetime | None]]:
    """Give each stretch by the entry that began it, with the instant at which it ended."""
    begun: Told | None = None
    for told in tell(past.entries, past.today):
        if begun and told.after.stretch.entry != begun.after.stretch.entry:
            yield begun, told.entry.at
            begun = None
        if begun is None and told.after.stretch.entry == told.entry.position.sequence:
            begun = told
    if begun:
        yield begun, None


def _at(past: Past, instant: datetime) -> Standing:
    """How the ticket stood at an instant: after the last entry that was not later."""
    standing: Standing | None = None
    for told in tell(past.entries, past.today):
        if standing is not None and told.entry.at > instant:
            break
        standing = told.after
    if standing is None:
        raise LookupError(past.ticket.pk)
    return standing


def _up_to(entries: Sequence[Entry], last: Entry) -> Sequence[Entry]:
    """Those up to one, and the first terms of the promise, which are chosen a moment later."""
    place = last.position.sequence
    terms = next((each for each in entries if each.kind == TermsChosen.kind), None)
    return [each for each in entries if each.position.sequence <= place or each is terms]


def _case(rule: Ready, then: Then, told: Told, trigger: str, *, at: datetime) -> Case:
    held = rule.held(then, told.after, at=at)
    outcome = {True: Outcome.YES, False: Outcome.NO, None: Outcome.UNKNOWN}[held]
    return Case(
        ticket_id=then.pk,
        cause=told.entry.position.sequence,
        trigger=trigger,
        at=at,
        outcome=outcome,
        verdicts=_verdicts(rule, then, told.after, at),
    )


def _verdicts(rule: Ready, then: Then, standing: Standing, at: datetime) -> tuple[bool | None, ...]:
    """Answer each question of the condition by itself, in their order."""
    if rule.said.condition is None:
        return ()
    asker = Asker(at=at)
    return tuple(
        judged(bind(each, TICKET_VOCABULARY, asker=asker), then, at=at, known=standing.knows)
        for each in questions(rule.said.condition)
    )


def questions(condition: Condition) -> Iterator[Comparison | Counted]:
    """Walk through the questions that a condition asks of the ticket itself, in their order."""
    match condition:
        case Comparison() | Counted():
            yield condition
        case Not(part):
            yield from questions(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from questions(part)
