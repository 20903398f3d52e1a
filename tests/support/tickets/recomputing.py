"""What the columns of a ticket must be, recomputed from its filings, notes and journal alone."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from ambidesk.ground.kernel.journal import Entry, entries_of
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.models import Filing, Note, Regrouping, State, Ticket
from ambidesk.support.tickets.rules.states import ENDED, waiting_for

Data = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The derived columns; a merged ticket keeps what it said of itself when it was merged."""

    state: str
    waiting_for: str
    is_closed: bool
    has_ended: bool
    snoozed_until: str | None
    reopened_times: int
    preview: str
    last_at: datetime | None
    last_inbound_at: datetime | None
    first_answered_at: datetime | None


def stored(ticket: Ticket) -> dict[str, object]:
    """The columns as they stand in the row."""
    values = {each.name: getattr(ticket, each.name, None) for each in fields(Columns)}
    values["is_closed"] = ticket.closed_at is not None
    values["has_ended"] = ticket.solved_at is not None
    values["snoozed_until"] = _instant(ticket.snoozed_until)
    return _without_own(values, ticket)


def recomputed(ticket: Ticket) -> dict[str, object]:
    """The columns as what happened makes them."""
    course = _Course()
    entries = entries_of("ticket", ticket.pk)
    for entry in entries:
        course.take(entry)
    messages = [each.message for each in _filings(ticket)]
    heard = [each.recorded_at for each in messages if each.direction == "in"]
    answers = [each.recorded_at for each in messages if _is_answer(each)]
    woken = [each.at for each in entries if _is_waking(each)]
    noted = Note.objects.filter(ticket=ticket).values_list("at", flat=True)
    telling = [each for each in messages if each.direction == "in" or _is_answer(each)]
    lines = [" ".join((each.new_text or each.text).split())[:200] for each in telling]
    moments = [ticket.opened_at, *(each.recorded_at for each in messages), *noted, *woken]
    columns = Columns(
        state=course.state,
        waiting_for=waiting_for(course.state),
        is_closed=course.state is State.CLOSED,
        has_ended=course.state in ENDED,
        snoozed_until=course.snoozed_until,
        reopened_times=course.reopened,
        preview=next((line for line in reversed(lines) if line), ""),
        last_at=max(moments),
        last_inbound_at=max(heard, default=None),
        first_answered_at=min(answers, default=None),
    )
    values = {each.name: getattr(columns, each.name) for each in fields(Columns)}
    return _without_own(values, ticket)


class _Course:
    """State, sleep and reopenings, entry by entry."""

    def __init__(self) -> None:
        self.state = State.NEW
        self.snoozed_until: str | None = None
        self.reopened = 0

    def take(self, entry: Entry) -> None:
        """Go on by one entry."""
        name = "_" + entry.kind.removeprefix("tickets.")
        if step := getattr(self, name, None):
            step(entry.data, entry.subject_id)

    def _message_filed(self, data: Data, _ticket: int) -> None:
        self._go(State(data["state"]), counts=True)

    _state_changed = _message_filed

    def _answered(self, data: Data, _ticket: int) -> None:
        if not Message.objects.get(pk=data["message_id"]).automatic:
            self.snoozed_until = None
        self._go(State(data["state"]))

    def _assigned(self, data: Data, _ticket: int) -> None:
        if self.state is State.NEW and data["assignee_id"] is not None:
            self.state = State.OPEN

    def _answer_withdrawn(self, data: Data, _ticket: int) -> None:
        message = Message.objects.get(pk=data["message_id"])
        if _is_answer(message):
            self.state = State.OPEN

    def _snoozed(self, data: Data, _ticket: int) -> None:
        self.snoozed_until = _instant(data["until"])

    def _delivery_failed(self, data: Data, _ticket: int) -> None:
        if Message.objects.get(pk=data["message_id"]).automatic:
            return
        if self.state in {State.WAITING_REQUESTER, State.SOLVED}:
            self._go(State.OPEN)

    def _delivery_retried(self, _data: Data, _ticket: int) -> None:
        if self.state is State.OPEN:
            self.state = State.WAITING_REQUESTER

    def _regrouped(self, data: Data, ticket: int) -> None:
        made = Regrouping.objects.get(pk=data["regrouping_id"])
        if made.kind == "merge" and made.source_id == ticket:
            self._go(State(made.source_state) if data["undone"] else State.CLOSED)

    def _go(self, state: State, *, counts: bool = False) -> None:
        if state is self.state:
            return
        if counts and self.state in ENDED and state not in ENDED:
            self.reopened += 1
        self.state = state
        self.snoozed_until = None


def _without_own(values: dict[str, object], ticket: Ticket) -> dict[str, object]:
    if ticket.merged_into_id:
        for name in ("preview", "last_at", "last_inbound_at", "first_answered_at"):
            values[name] = None
    return values


def _filings(ticket: Ticket) -> list[Filing]:
    rows = Filing.objects.filter(ticket=ticket, withdrawn_at=None).select_related("message")
    return sorted(rows, key=lambda each: each.message_id)


def _is_answer(message: Message) -> bool:
    return (message.direction, message.kind, message.automatic) == ("out", "mail", False)


def _is_waking(entry: Entry) -> bool:
    woken = entry.kind == "tickets.snoozed" and entry.data["until"] is None
    return woken and entry.actor_kind == "system"


def _instant(value: object) -> str | None:
    if value is None:
        return None
    instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return str(instant.timestamp())
