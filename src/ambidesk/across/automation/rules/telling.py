"""
Telling a ticket's journal: how it stood before and after each of its entries.

What was there before the first entry that names it is taken from that entry, else from today's row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ambidesk.across.automation.rules.standing import CUSTOM, Standing, Stretch
from ambidesk.ground.kernel.journal import Entry, Origin
from ambidesk.ground.reach.actor import ASKED, ActorKind
from ambidesk.support.tickets import events
from ambidesk.support.tickets.rules.states import ENDED, State, after_failure

# After these a message may have gone from the ticket, of which no entry says when it came.
MOVING = frozenset({events.AnswerWithdrawn.kind, events.TicketsRegrouped.kind})


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What is so today, of what may never have been journalled."""

    priority: int
    team_id: int | None
    assignee_id: int | None
    category_id: int | None
    request_type_id: int | None
    company_id: int | None
    site_id: int | None
    tags: frozenset[int]
    suspended: bool
    line: int
    opened_at: datetime
    # Somebody was joined with the requester, or a ticket of theirs merged: counts are others now.
    is_regrouped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry, and how the ticket stood before and after it."""

    entry: Entry
    before: Standing
    after: Standing


def tell(entries: Sequence[Entry], today: Today) -> Iterator[Told]:
    """Tell the entries of one ticket, oldest first, each with the ticket around it."""
    if not entries:
        return
    tale = _Tale()
    standing = _beginning(entries, today)
    renamings = _renamings(entries)
    for place, entry in enumerate(entries):
        before = standing
        standing = tale.after(before, entry)
        if place in renamings:
            standing = replace(standing, unknown=standing.unknown - renamings[place])
        yield Told(entry=entry, before=before, after=standing)


def _beginning(entries: Sequence[Entry], today: Today) -> Standing:
    opened = next((e for e in entries if e.kind == events.TicketOpened.kind), entries[0])
    at = opened.at
    described = next((e for e in entries if e.kind == events.TicketDescribed.kind), None)
    lifted = any(entry.kind == events.SuspensionLifted.kind for entry in entries)
    gone = {name for names in _renamings(entries).values() for name in names}
    if today.is_regrouped:
        gone.add("person_tickets")
    if any(entry.kind in MOVING for entry in entries):
        gone.add("messages")
    by_writing = opened.data.get("channel_id") and opened.actor_kind != ActorKind.USER
    first_team = opened.data.get("team_id", today.team_id)
    return Standing(
        opened_at=today.opened_at,
        priority=_first(entries, events.TicketPrioritised.kind, "before", today.priority),
        team_id=first_team,
        assignee_id=_first(
            entries, events.TicketAssigned.kind, "before_assignee_id", today.assignee_id
        ),
        category_id=described.data.get("before_id") if described else today.category_id,
        request_type_id=_first(
            entries, events.TicketConverted.kind, "before_id", today.request_type_id
        ),
        company_id=_first(
            entries, events.TicketAttributed.kind, "before_company_id", today.company_id
        ),
        site_id=_first(entries, events.TicketAttributed.kind, "before_site_id", today.site_id),
        tags=_first_tags(entries, today.tags),
        suspended=lifted or today.suspended,
        line=_first(entries, events.LineChanged.kind, "before", today.line),
        last_at=at,
        last_inbound_at=at if by_writing else None,
        waiting_since=at,
        stretch=_stretch(State.NEW, at, opened),
        unknown=frozenset(gone),
    )


def _first(entries: Sequence[Entry], kind: str, name: str, today: Any) -> Any:
    return next((entry.data[name] for entry in entries if entry.kind == kind), today)


def _first_tags(entries: Sequence[Entry], today: frozenset[int]) -> frozenset[int]:
    """Those that nobody was told of are taken as there from the beginning."""
    found: frozenset[int] = frozenset()
    touched: set[int] = set()
    for entry in entries:
        if entry.kind == events.TagsChanged.kind:
            found = _tagged(found, entry.data)
            touched |= {*entry.data["added_ids"], *entry.data["removed_ids"]}
    return today - found - touched


def _renamings(entries: Sequence[Entry]) -> Mapping[int, frozenset[str]]:
    """Say which entry makes known what nobody knows before it, for it was changed without trace."""
    found: dict[int, frozenset[str]] = {}
    known: object = ...
    last_subject: int | None = None
    for place, entry in enumerate(entries):
        if entry.kind != events.TicketDescribed.kind:
            continue
        category = entry.data["category_id"]
        known = entry.data.get("before_id", known)
        if known is ...:
            found[place] = frozenset({"category"})
        if known is ... or known == category:
            last_subject = place
        known = category
    if last_subject is not None:
        found[last_subject] = found.get(last_subject, frozenset()) | {"subject"}
    for name, place in _fillings(entries).items():
        found[place] = found.get(place, frozenset()) | {name}
    return found


def _fillings(entries: Sequence[Entry]) -> dict[str, int]:
    """Say by which entry each custom field got what stands in it today."""
    return {
        f"{CUSTOM}{key}": place
        for place, entry in enumerate(entries)
        if entry.kind == events.FieldsFilled.kind
        for key in (*entry.data["field_ids"], *entry.data["emptied_ids"])
    }


def _tagged(tags: frozenset[int], data: Mapping[str, Any]) -> frozenset[int]:
    return (tags | frozenset(data["added_ids"])) - frozenset(data["removed_ids"])


def _stretch(state: State, since: datetime, entry: Entry) -> Stretch:
    return Stretch(
        state=state,
        since=since,
        begun_at=entry.at,
        entry=entry.position.sequence,
        is_live=entry.origin == Origin.LIVE,
    )


class _Tale:
    """What must be remembered between entries to know what one of them did."""

    def __init__(self) -> None:
        self._automatic: set[int] = set()
        self._before_merge: Standing | None = None

    def after(self, now: Standing, entry: Entry) -> Standing:
        """Say how the ticket stands after an entry."""
        step = _STEPS.get(entry.kind)
        return step(self, now, entry) if step else now

    def opened(self, now: Standing, _entry: Entry) -> Standing:
        return now

    def heard(self, now: Standing, entry: Entry) -> Standing:
        state = State(entry.data["state"])
        at = max(now.last_inbound_at or entry.at, entry.at)
        now = replace(
            now,
            last_at=max(now.last_at, entry.at),
            last_inbound_at=at,
            unread=state not in ENDED,
        )
        if state is now.state:
            return now
        if now.is_ended:
            now = replace(now, closed_at=None, reopened_times=now.reopened_times + 1)
        return replace(_moved(now, state, entry), solved_at=None)

    def answered(self, now: Standing, entry: Entry) -> Standing:
        state = State(entry.data["state"])
        last_at = max(now.last_at, entry.at)
        if entry.actor_kind not in ASKED and state is now.state:
            self._automatic.add(entry.data["message_id"])
            return replace(now, last_at=last_at)
        return replace(
            _moved(now, state, entry),
            last_at=last_at,
            unread=False,
            first_answered_at=now.first_answered_at or entry.at,
            solved_at=entry.at if state is State.SOLVED else None,
        )

    def withdrawn(self, now: Standing, entry: Entry) -> Standing:
        if entry.data["message_id"] in self._automatic:
            return now
        since = now.last_inbound_at or now.opened_at
        back = _moved(now, State.OPEN, entry, since=since)
        return replace(back, snoozed_until=now.snoozed_until, solved_at=None, closed_at=None)

    def assigned(self, now: Standing, entry: Entry) -> Standing:
        data = entry.data
        now = replace(now, assignee_id=data["assignee_id"], team_id=data["team_id"])
        if data["assignee_id"] and now.state is State.NEW:
            # It is our turn as before, and has been so for as long.
            stretch = replace(now.stretch, state=State.OPEN)
            return replace(now, state=State.OPEN, stretch=stretch)
        return now

    def state_changed(self, now: Standing, entry: Entry) -> Standing:
        state = State(entry.data["state"])
        again = now.is_ended and state not in ENDED
        return replace(
            _moved(now, state, entry),
            unread=False if state in ENDED else now.unread,
            solved_at=entry.at if state in ENDED else None,
            closed_at=entry.at if state is State.CLOSED else None,
            reopened_times=now.reopened_times + again,
        )

    def snoozed(self, now: Standing, entry: Entry) -> Standing:
        until = entry.data["until"]
        if until is None and entry.actor_kind == ActorKind.SYSTEM:
            now = replace(now, unread=not now.is_ended, last_at=max(now.last_at, entry.at))
        return replace(now, snoozed_until=datetime.fromisoformat(until) if until else None)

    def prioritised(self, now: Standing, entry: Entry) -> Standing:
        return replace(now, priority=entry.data["priority"])

    def described(self, now: Standing, entry: Entry) -> Standing:
        return replace(now, category_id=entry.data["category_id"])

    def converted(self, now: Standing, entry: Entry) -> Standing:
        return replace(now, request_type_id=entry.data["request_type_id"])

    def attributed(self, now: Standing, entry: Entry) -> Standing:
        data = entry.data
        return replace(now, company_id=data["company_id"], site_id=data["site_id"])

    def tagged(self, now: Standing, entry: Entry) -> Standing:
        return replace(now, tags=_tagged(now.tags, entry.data))

    def lined(self, now: Standing, entry: Entry) -> Standing:
        return replace(now, line=entry.data["line"])

    def escalated(self, now: Standing, entry: Entry) -> Standing:
        return replace(now, returned_times=now.returned_times + entry.data["returned"])

    def lifted(self, now: Standing, _entry: Entry) -> Standing:
        return replace(now, suspended=False)

    def noted(self, now: Standing, entry: Entry) -> Standing:
        return replace(now, last_at=max(now.last_at, entry.at))

    def failed(self, now: Standing, entry: Entry) -> Standing:
        if entry.data["message_id"] in self._automatic:
            return now
        state = after_failure(now.state)
        now = replace(now, unread=state not in ENDED)
        return now if state is now.state else replace(_moved(now, state, entry), solved_at=None)

    def regrouped(self, now: Standing, entry: Entry) -> Standing:
        if not entry.data["went_over"]:
            return now
        if not entry.data["undone"]:
            self._before_merge = self._before_merge or now
            closed = replace(now, closed_at=now.closed_at or entry.at)
            return closed if now.state is State.CLOSED else _moved(closed, State.CLOSED, entry)
        before, self._before_merge = self._before_merge, None
        return _moved(now, before.state if before else now.state, entry)


def _moved(now: Standing, state: State, entry: Entry, *, since: datetime | None = None) -> Standing:
    start = since or entry.at
    return replace(
        now,
        state=state,
        waiting_since=start,
        snoozed_until=None,
        stretch=_stretch(state, start, entry),
    )


_STEPS: dict[str, Callable[[_Tale, Standing, Entry], Standing]] = {
    events.TicketOpened.kind: _Tale.opened,
    events.MessageFiled.kind: _Tale.heard,
    events.TicketAnswered.kind: _Tale.answered,
    events.AnswerWithdrawn.kind: _Tale.withdrawn,
    events.TicketAssigned.kind: _Tale.assigned,
    events.StateChanged.kind: _Tale.state_changed,
    events.TicketSnoozed.kind: _Tale.snoozed,
    events.TicketPrioritised.kind: _Tale.prioritised,
    events.TicketDescribed.kind: _Tale.described,
    events.TicketConverted.kind: _Tale.converted,
    events.TicketAttributed.kind: _Tale.attributed,
    events.TagsChanged.kind: _Tale.tagged,
    events.LineChanged.kind: _Tale.lined,
    events.TicketEscalated.kind: _Tale.escalated,
    events.SuspensionLifted.kind: _Tale.lifted,
    events.NoteWritten.kind: _Tale.noted,
    events.DeliveryFailed.kind: _Tale.failed,
    events.TicketsRegrouped.kind: _Tale.regrouped,
}
