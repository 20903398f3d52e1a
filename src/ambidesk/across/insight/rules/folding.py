"""
Folding: the journal of one ticket becomes its facts.

The same entries always give the same facts; what went into another ticket by a merge has none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ambidesk.across.insight.rules.beside import Beside, paid, promised
from ambidesk.across.insight.rules.facts import Fact, FactKind, Place
from ambidesk.across.insight.rules.trail import Stages, Standing, Trail
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.relation.feedback.events import FeedbackDoubted, FeedbackOffered, FeedbackRated
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.support.stages.events import ProcessBegun, ProcessConverted, StagePassed
from ambidesk.support.tickets.events import (
    AnswerWithdrawn,
    DeliveryFailed,
    MessageFiled,
    StateChanged,
    TicketAnswered,
    TicketAssigned,
    TicketOpened,
    TicketsRegrouped,
)
from ambidesk.support.tickets.rules.states import ENDED, State, after_failure

Members = Mapping[int, int]
MARKS = {
    SurveyKind.CSAT.value: FactKind.CSAT,
    SurveyKind.NPS.value: FactKind.NPS,
    SurveyKind.CES.value: FactKind.CES,
}
ASKED = {
    SurveyKind.CSAT.value: FactKind.CSAT_ASKED,
    SurveyKind.NPS.value: FactKind.NPS_ASKED,
    SurveyKind.CES.value: FactKind.CES_ASKED,
}
OURS = frozenset({State.NEW, State.OPEN})
NOTHING_BESIDE = Beside()


def fold(
    entries: Sequence[Entry], members: Members, *, beside: Beside = NOTHING_BESIDE
) -> list[Fact]:
    """
    Fold the entries of one ticket, oldest first, into its facts.

    `members` gives the member of staff of a user. Instants that run backwards count as the latest.
    """
    withdrawn = {e.data["message_id"] for e in entries if e.kind == AnswerWithdrawn.kind}
    course = _Course(members, beside, is_wordless=_is_wordless(entries))
    for entry in entries:
        if entry.kind == TicketAnswered.kind and entry.data["message_id"] in withdrawn:
            continue
        course.take(entry)
    return [replace(fact, about=beside.about) for fact in course.facts()]


def _is_wordless(entries: Sequence[Entry]) -> bool:
    """Whether it came in from elsewhere without its words: nobody knows who said anything."""
    came_in = any(e.kind == TicketOpened.kind and e.actor_kind == ActorKind.IMPORT for e in entries)
    return came_in and not any(e.kind in {MessageFiled.kind, TicketAnswered.kind} for e in entries)


class _Course:
    """How far the ticket has come, and what counts so far."""

    def __init__(self, members: Members, beside: Beside, *, is_wordless: bool) -> None:
        self._members, self._beside, self._is_wordless = members, beside, is_wordless
        self._trail, self._stages = Trail(), Stages()
        self._facts: list[Fact] = []
        self._marks: dict[int, Fact] = {}
        self._asked: dict[int, Fact] = {}
        self._place = Place(brand=0)
        self._state = State.NEW
        self._merges: set[int] = set()
        self._now = self._opened_at = datetime.min.replace(tzinfo=UTC)
        self._is_open = self._by_hand = self._was_taken = False
        # Since when the requester waits for a word, and somebody has the ticket in hand.
        self._waits_since: datetime | None = None
        self._held_since: datetime | None = None
        self._assignee: int | None = None
        self._last_member: int | None = None
        self._held = self._answers = self._transfers = self._ends = 0

    def facts(self) -> list[Fact]:
        """What counts in the end; what was spent is spent, whatever the ticket went into."""
        if not self._is_open:
            return []
        spent = [*paid(self._beside, self._trail)]
        if self._merges:
            return spent
        kept = promised(self._beside, self._trail)
        return [*self._facts, *self._asked.values(), *self._marks.values(), *kept, *spent]

    def take(self, entry: Entry) -> None:
        """Go on by one entry."""
        step = STEPS.get(entry.kind)
        if step is None or (not self._is_open and entry.kind != TicketOpened.kind):
            return
        self._now = max(self._now, entry.at) if self._is_open else entry.at
        by = entry.actor_id if entry.actor_kind == ActorKind.USER else None
        step(self, entry.data, by)
        whose = replace(self._place, member=self._assignee or self._last_member)
        self._trail.mark(self._now, Standing(place=whose, stage=self._stages.latest))

    def _open(self, data: dict[str, Any], by: int | None) -> None:
        self._is_open = True
        self._opened_at = self._now
        self._by_hand = by is not None
        self._place = Place(
            brand=data["brand_id"], team=data["team_id"], channel=data["channel_id"]
        )
        self._waits_since = None if self._by_hand else self._now
        self._was_taken = self._by_hand
        self._count(FactKind.OPENED)

    def _assign(self, data: dict[str, Any], _by: int | None) -> None:
        member, before = data["assignee_id"], data["before_assignee_id"]
        team, team_before = data["team_id"], data["before_team_id"]
        handed = bool(before and member and before != member)
        if handed or bool(team_before and team and team_before != team):
            self._transfers += 1
            self._count(FactKind.TRANSFER, member=member)
        self._let_go()
        self._place = replace(self._place, team=team)
        self._assignee = member
        if member:
            self._take(member)
        self._pick_up()

    def _hear(self, data: dict[str, Any], _by: int | None) -> None:
        state = State(data["state"])
        was_ended = self._state in ENDED
        if state not in OURS:
            return
        self._enter(state)
        if self._waits_since is None or was_ended:
            self._waits_since = self._now

    def _answer(self, data: dict[str, Any], by: int | None) -> None:
        # What a machine says is no answer.
        if by is None:
            return
        member = self._members.get(by)
        self._last_member = member
        self._take(member)
        if self._waits_since is not None:
            first = self._answers == 0
            kind = FactKind.FIRST_RESPONSE if first else FactKind.NEXT_RESPONSE
            since = self._opened_at if first else self._waits_since
            self._measure(kind, since, member=member)
        self._waits_since = None
        self._answers += 1
        self._enter(State(data["state"]))

    def _change(self, data: dict[str, Any], by: int | None) -> None:
        if by is not None:
            self._last_member = self._members.get(by)
        self._enter(State(data["state"]))

    def _fail(self, _data: dict[str, Any], _by: int | None) -> None:
        self._enter(after_failure(self._state))

    def _regroup(self, data: dict[str, Any], _by: int | None) -> None:
        if not data["went_over"]:
            return
        change = self._merges.discard if data["undone"] else self._merges.add
        change(data["regrouping_id"])

    def _ask(self, data: dict[str, Any], _by: int | None) -> None:
        self._asked[data["invitation_id"]] = self._fact(ASKED[data["survey"]])

    def _rate(self, data: dict[str, Any], _by: int | None) -> None:
        number, kind = data["invitation_id"], MARKS[data["survey"]]
        self._marks[number] = self._fact(kind, value=data["score"], flag=data["is_good"])
        self._mark_asked(number, answered=True)

    def _doubt(self, data: dict[str, Any], _by: int | None) -> None:
        self._marks.pop(data["invitation_id"], None)
        self._mark_asked(data["invitation_id"], answered=False)

    def _begin(self, data: dict[str, Any], _by: int | None) -> None:
        self._stages.end()
        self._stages.enter(self._stage(data, data["stage"]), self._now)

    def _convert(self, data: dict[str, Any], _by: int | None) -> None:
        for stage in self._stages.all:
            self._leave(stage)
        self._begin(data, None)

    def _pass(self, data: dict[str, Any], _by: int | None) -> None:
        for stage in data["left"]:
            self._leave(self._stage(data, stage), rework=data["rework"])
        for stage in data["entered"]:
            self._stages.enter(self._stage(data, stage), self._now)
        if data["ended"]:
            self._stages.end()

    def _leave(self, stage: int, *, rework: bool = False) -> None:
        seconds = self._stages.leave(stage, self._now)
        if seconds is not None:
            stay = self._fact(FactKind.STAGE, member=self._assignee, value=seconds, flag=rework)
            self._facts.append(replace(stay, stage=stage))

    def _stage(self, data: dict[str, Any], stage: int) -> int:
        return self._beside.places.get(data["version_id"], 0) + stage

    def _mark_asked(self, number: int, *, answered: bool) -> None:
        if number in self._asked:
            self._asked[number] = replace(self._asked[number], flag=answered)

    def _enter(self, state: State) -> None:
        before, self._state = self._state, state
        if before not in ENDED and state in ENDED:
            self._end()
        elif before in ENDED and state not in ENDED:
            self._begin_again()
        if state in OURS:
            self._pick_up()
        else:
            self._let_go()

    def _end(self) -> None:
        self._let_go()
        member = self._assignee or self._last_member
        self._ends += 1
        self._measure(FactKind.SOLVED, self._opened_at, member=member)
        if self._held:
            self._count(FactKind.HANDLING, member=member, value=self._held)
        if self._ends == 1 and self._answers:
            at_once = self._answers == 1 and not self._transfers
            self._count(FactKind.FIRST_CONTACT, member=member, flag=at_once)
        if self._ends == 1 and not self._by_hand and not self._is_wordless:
            self._count(FactKind.ABANDONMENT, flag=self._answers == 0)
        self._held = 0
        self._waits_since = None

    def _begin_again(self) -> None:
        place = next(n for n, f in reversed([*enumerate(self._facts)]) if f.kind == FactKind.SOLVED)
        solved = self._facts[place]
        self._facts[place] = replace(solved, flag=True)
        self._facts = [
            replace(fact, flag=False) if fact.kind == FactKind.FIRST_CONTACT else fact
            for fact in self._facts
        ]
        self._measure(FactKind.REOPENED, solved.at, member=solved.place.member)

    def _take(self, member: int | None) -> None:
        if not self._was_taken:
            self._was_taken = True
            self._measure(FactKind.WAIT, self._opened_at, member=member)

    def _pick_up(self) -> None:
        if self._assignee and self._held_since is None and self._state in OURS:
            self._held_since = self._now

    def _let_go(self) -> None:
        if self._held_since is not None:
            self._held += int((self._now - self._held_since).total_seconds())
        self._held_since = None

    def _measure(self, kind: FactKind, since: datetime, *, member: int | None) -> None:
        seconds = max(0, int((self._now - since).total_seconds()))
        self._count(kind, member=member, value=seconds)

    def _count(
        self, kind: FactKind, *, member: int | None = None, value: int = 0, flag: bool = False
    ) -> None:
        self._facts.append(self._fact(kind, member=member, value=value, flag=flag))

    def _fact(
        self, kind: FactKind, *, member: int | None = None, value: int = 0, flag: bool = False
    ) -> Fact:
        whose = member or (self._assignee or self._last_member if kind in AFTER else None)
        place = replace(self._place, member=whose)
        return Fact(
            kind=kind,
            at=self._now,
            place=place,
            value=value,
            flag=flag,
            stage=self._stages.latest,
        )


# What is asked afterwards is about whoever had the ticket last.
AFTER = frozenset({*ASKED.values(), *MARKS.values()})
Step = Callable[[_Course, dict[str, Any], int | None], None]
STEPS: Mapping[str, Step] = {
    TicketOpened.kind: _Course._open,  # noqa: SLF001 the table belongs to the class
    TicketAssigned.kind: _Course._assign,  # noqa: SLF001
    MessageFiled.kind: _Course._hear,  # noqa: SLF001
    TicketAnswered.kind: _Course._answer,  # noqa: SLF001
    StateChanged.kind: _Course._change,  # noqa: SLF001
    DeliveryFailed.kind: _Course._fail,  # noqa: SLF001
    TicketsRegrouped.kind: _Course._regroup,  # noqa: SLF001
    FeedbackOffered.kind: _Course._ask,  # noqa: SLF001
    FeedbackRated.kind: _Course._rate,  # noqa: SLF001
    FeedbackDoubted.kind: _Course._doubt,  # noqa: SLF001
    ProcessBegun.kind: _Course._begin,  # noqa: SLF001
    ProcessConverted.kind: _Course._convert,  # noqa: SLF001
    StagePassed.kind: _Course._pass,  # noqa: SLF001
}
KINDS = (*STEPS, AnswerWithdrawn.kind)
