"""
Reading: what the journal says of a ticket, as facts of its promise.

Whatever a machine says is no answer; an answer that was taken back was none. The first terms
hold from the beginning, for they are chosen a moment after it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.service.sla.rules.facts import (
    Answered,
    Asked,
    Began,
    Fact,
    Moved,
    Promised,
    Stage,
    Terms,
)
from ambidesk.service.sla.terms import terms_of
from ambidesk.support.promises.events import TermsChosen
from ambidesk.support.tickets.events import (
    AnswerWithdrawn,
    DeliveryFailed,
    MessageFiled,
    StateChanged,
    SuspensionLifted,
    TicketAnswered,
    TicketOpened,
    TicketsRegrouped,
)
from ambidesk.support.tickets.rules.states import State, after_failure

STAGES = {
    State.NEW: Stage.OURS,
    State.OPEN: Stage.OURS,
    State.WAITING_REQUESTER: Stage.REQUESTER,
    State.WAITING_OTHER: Stage.OTHER,
    State.ON_HOLD: Stage.HOLD,
    State.SOLVED: Stage.ENDED,
    State.CLOSED: Stage.ENDED,
}
OURS = frozenset({State.NEW, State.OPEN})


def facts_of(entries: Sequence[Entry], *, suspended: bool) -> list[Fact]:
    """Make facts of the entries of one ticket, oldest first; `suspended` says how it is now."""
    held = suspended or any(entry.kind == SuspensionLifted.kind for entry in entries)
    withdrawn = {e.data["message_id"] for e in entries if e.kind == AnswerWithdrawn.kind}
    way = _Way(held=held)
    told = (
        entry
        for entry in entries
        if entry.kind != TicketAnswered.kind or entry.data["message_id"] not in withdrawn
    )
    facts = [fact for entry in told for fact in way.facts(entry)]
    first = next((fact for fact in facts if isinstance(fact, Promised)), None)
    if first is None:
        return facts
    return [first, *(fact for fact in facts if fact is not first)]


class _Way:
    """In which state a ticket is, and whether it is looked at first."""

    def __init__(self, *, held: bool) -> None:
        self._held = held
        self._state = State.NEW
        self._merged_from: State | None = None

    def facts(self, entry: Entry) -> Iterator[Fact]:
        """Say what an entry tells, in order."""
        by_person = entry.actor_kind == ActorKind.USER
        match entry.kind:
            case TicketOpened.kind:
                yield Began(at=entry.at, asked=not by_person, stage=self._stage())
            case MessageFiled.kind:
                yield from self._hear(State(entry.data["state"]), entry.at)
            case TicketAnswered.kind:
                if by_person or entry.actor_kind == ActorKind.API_KEY:
                    yield Answered(at=entry.at)
                yield from self._enter(State(entry.data["state"]), entry.at)
            case TermsChosen.kind:
                yield Promised(at=entry.at, terms=_terms(entry.data))
            case _:
                yield from self._moves(entry)

    def _moves(self, entry: Entry) -> Iterator[Fact]:
        match entry.kind:
            case StateChanged.kind:
                yield from self._enter(State(entry.data["state"]), entry.at)
            case AnswerWithdrawn.kind:
                yield from self._enter(State.OPEN, entry.at)
            case DeliveryFailed.kind:
                yield from self._enter(after_failure(self._state), entry.at)
            case SuspensionLifted.kind:
                self._held = False
                yield from self._enter(self._state, entry.at)
            case TicketsRegrouped.kind if entry.data["went_over"]:
                yield from self._go_over(entry.at, undone=entry.data["undone"])

    def _hear(self, state: State, at: datetime) -> Iterator[Fact]:
        if state in OURS:
            yield from self._enter(state, at)
            yield Asked(at=at)

    def _go_over(self, at: datetime, *, undone: bool) -> Iterator[Fact]:
        if undone:
            yield from self._enter(self._merged_from or self._state, at)
        else:
            self._merged_from = self._state
            yield from self._enter(State.CLOSED, at)

    def _enter(self, state: State, at: datetime) -> Iterator[Fact]:
        self._state = state
        yield Moved(at=at, stage=self._stage())

    def _stage(self) -> Stage:
        stage = STAGES[self._state]
        return Stage.SUSPENDED if self._held and stage is not Stage.ENDED else stage


def _terms(data: dict[str, int | None]) -> Terms | None:
    policy, calendar = data["policy_version_id"], data["calendar_version_id"]
    return terms_of(policy, calendar) if policy and calendar else None
