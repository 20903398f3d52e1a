"""Each figure by its definition in docs/metrics.md, from the journal of one ticket."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ambidesk.across.insight.rules.facts import Fact, FactKind
from ambidesk.across.insight.rules.folding import fold
from ambidesk.ground.kernel.journal import Entry, Position

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLGA, IVAN = 101, 102
MEMBERS = {11: OLGA, 12: IVAN}


class Story:
    """Entries of one ticket, a line each."""

    def __init__(self, *, by_hand: bool = False) -> None:
        self.entries: list[Entry] = []
        opened = {"person_id": 1, "brand_id": 7, "channel_id": 3, "team_id": 5}
        self.tell(0, "tickets.opened", user=11 if by_hand else None, **opened)

    def tell(self, minute: int, kind: str, *, user: int | None = None, **data: Any) -> "Story":
        self.entries.append(
            Entry(
                position=Position(1, 1, len(self.entries)),
                at=START + timedelta(minutes=minute),
                actor_kind="user" if user else "channel",
                actor_id=user,
                origin="live",
                kind=kind,
                version=1,
                subject_kind="ticket",
                subject_id=1,
                data={"ticket_id": 1, **data},
            )
        )
        return self

    def answer(
        self, minute: int, *, user: int | None = 11, state: str = "waiting_requester"
    ) -> "Story":
        return self.tell(
            minute, "tickets.answered", user=user, message_id=len(self.entries), state=state
        )

    def hear(self, minute: int, *, state: str = "open") -> "Story":
        return self.tell(minute, "tickets.message_filed", message_id=len(self.entries), state=state)

    def state(self, minute: int, state: str, before: str = "open") -> "Story":
        return self.tell(minute, "tickets.state_changed", user=11, state=state, before=before)

    def assign(
        self,
        minute: int,
        member: int | None,
        *,
        before: int | None = None,
        team: int | None = 5,
        team_before: int | None = 5,
    ) -> "Story":
        return self.tell(
            minute,
            "tickets.assigned",
            user=11,
            assignee_id=member,
            team_id=team,
            before_assignee_id=before,
            before_team_id=team_before,
        )

    def facts(self) -> list[Fact]:
        return fold(self.entries, MEMBERS)

    def minutes(self, kind: FactKind) -> list[float]:
        return [fact.value / 60 for fact in self.facts() if fact.kind == kind]

    def flags(self, kind: FactKind) -> list[bool]:
        return [fact.flag for fact in self.facts() if fact.kind == kind]


def test_the_first_response_is_the_first_word_of_a_person() -> None:
    story = Story().answer(1, user=None).answer(12)
    assert story.minutes(FactKind.FIRST_RESPONSE) == [12]
    assert story.facts()[-1].place.member == OLGA


def test_the_next_response_is_counted_from_the_first_word_that_waited() -> None:
    story = Story().answer(10).hear(30).hear(40).answer(60).answer(70)
    assert story.minutes(FactKind.FIRST_RESPONSE) == [10]
    assert story.minutes(FactKind.NEXT_RESPONSE) == [30]


def test_an_answer_that_was_taken_back_never_was() -> None:
    story = Story().answer(5)
    story.tell(6, "tickets.answer_withdrawn", user=11, message_id=1).answer(20)
    assert story.minutes(FactKind.FIRST_RESPONSE) == [20]


def test_an_automatic_word_of_the_other_side_makes_nobody_wait() -> None:
    story = Story().answer(10).hear(11, state="waiting_requester").answer(30)
    assert story.minutes(FactKind.NEXT_RESPONSE) == []


def test_a_ticket_is_solved_when_it_ends_and_closing_it_later_is_no_second_time() -> None:
    story = Story().answer(10).state(60, "solved").state(5000, "closed", "solved")
    assert story.minutes(FactKind.SOLVED) == [60]
    assert story.flags(FactKind.SOLVED) == [False]


def test_solved_in_one_touch() -> None:
    assert Story().answer(10, state="solved").flags(FactKind.FIRST_CONTACT) == [True]
    assert Story().answer(1).hear(2).answer(3, state="solved").flags(FactKind.FIRST_CONTACT) == [
        False
    ]
    handed = Story().assign(1, OLGA).assign(2, IVAN, before=OLGA).answer(3, state="solved")
    assert handed.flags(FactKind.FIRST_CONTACT) == [False]


def test_what_is_opened_again_was_not_solved_in_one_touch() -> None:
    story = Story().answer(10, state="solved").hear(100)
    assert story.flags(FactKind.FIRST_CONTACT) == [False]
    assert story.flags(FactKind.SOLVED) == [True]
    assert story.minutes(FactKind.REOPENED) == [90]
    story.answer(120, state="solved")
    assert story.flags(FactKind.SOLVED) == [True, False]
    assert story.flags(FactKind.FIRST_CONTACT) == [False]
    assert story.minutes(FactKind.NEXT_RESPONSE) == [20]


def test_a_mail_that_comes_back_opens_the_ticket_again() -> None:
    story = Story().answer(10, state="solved").tell(12, "tickets.delivery_failed", message_id=1)
    assert story.flags(FactKind.SOLVED) == [True]


def test_whoever_got_no_word_before_the_end_was_abandoned() -> None:
    assert Story().state(5, "closed").flags(FactKind.ABANDONMENT) == [True]
    assert Story().answer(5, state="solved").flags(FactKind.ABANDONMENT) == [False]
    assert Story(by_hand=True).state(5, "closed").flags(FactKind.ABANDONMENT) == []


def test_waiting_ends_when_somebody_takes_it() -> None:
    assert Story().assign(7, OLGA).answer(20).minutes(FactKind.WAIT) == [7]
    assert Story().answer(20).minutes(FactKind.WAIT) == [20]
    assert Story(by_hand=True).answer(20).minutes(FactKind.WAIT) == []


def test_handling_is_the_time_in_somebodys_hands_while_it_is_our_turn() -> None:
    story = Story().assign(10, OLGA).answer(25).hear(100).answer(105, state="solved")
    assert story.minutes(FactKind.HANDLING) == [20]
    waited = Story().assign(10, OLGA).state(15, "on_hold").state(500, "open", "on_hold")
    assert waited.answer(510, state="solved").minutes(FactKind.HANDLING) == [15]


def test_transfers_go_from_hand_to_hand() -> None:
    story = Story().assign(1, OLGA).assign(2, IVAN, before=OLGA)
    story.assign(3, None, before=IVAN, team=6, team_before=5)
    assert len(story.flags(FactKind.TRANSFER)) == 2


def test_what_went_into_another_ticket_counts_there() -> None:
    story = Story().answer(5)
    regrouped = {"other_id": 2, "regrouping_id": 9, "went_over": True}
    story.tell(6, "tickets.regrouped", user=11, undone=False, **regrouped)
    assert story.facts() == []
    story.tell(7, "tickets.regrouped", user=11, undone=True, **regrouped)
    assert story.minutes(FactKind.FIRST_RESPONSE) == [5]


def test_marks_belong_to_who_had_the_ticket_and_the_last_one_counts() -> None:
    story = Story().assign(1, IVAN).answer(2, state="solved")
    survey = {"invitation_id": 4, "survey": "csat"}
    story.tell(60, "feedback.offered", way="mail", **survey)
    assert story.flags(FactKind.CSAT_ASKED) == [False]
    mark = {"score": 2, "is_good": False, "before": None, "way": "page"}
    story.tell(70, "feedback.rated", **survey, **mark)
    story.tell(71, "feedback.rated", **survey, **{**mark, "score": 5, "is_good": True})
    (csat,) = [fact for fact in story.facts() if fact.kind == FactKind.CSAT]
    assert (csat.value, csat.flag, csat.place.member) == (5, True, IVAN)
    assert story.flags(FactKind.CSAT_ASKED) == [True]
    story.tell(72, "feedback.doubted", invitation_id=4)
    assert story.flags(FactKind.CSAT) == []
    assert story.flags(FactKind.CSAT_ASKED) == [False]


def test_a_clock_that_runs_backwards_measures_nothing_negative() -> None:
    story = Story().hear(50).answer(10, state="solved")
    assert all(fact.value >= 0 for fact in story.facts())


STATES = st.sampled_from(["open", "waiting_requester", "on_hold", "solved", "closed", "new"])
MINUTES = st.integers(0, 10_000)
STEPS = st.one_of(
    st.tuples(st.just("answer"), MINUTES, st.sampled_from(["waiting_requester", "solved"])),
    st.tuples(st.just("hear"), MINUTES, st.sampled_from(["open", "solved", "waiting_requester"])),
    st.tuples(st.just("state"), MINUTES, STATES),
    st.tuples(st.just("assign"), MINUTES, st.sampled_from([OLGA, IVAN, None])),
)


def told(steps: list[tuple[str, int, Any]]) -> Story:
    story = Story()
    for what, minute, more in steps:
        if what == "assign":
            story.assign(minute, more)
        elif what == "state":
            story.state(minute, more)
        elif what == "hear":
            story.hear(minute, state=more)
        else:
            story.answer(minute, state=more)
    return story


@settings(deadline=None)
@given(st.lists(STEPS, max_size=20))
def test_whatever_happens_the_figures_agree_with_each_other(
    steps: list[tuple[str, int, Any]],
) -> None:
    story = told(steps)
    facts = story.facts()
    assert facts == story.facts()
    count = {kind: sum(f.kind == kind for f in facts) for kind in FactKind}
    assert count[FactKind.OPENED] == 1
    assert all(fact.value >= 0 for fact in facts)
    # It is open or it is not, and what was opened again had been solved.
    assert count[FactKind.SOLVED] - count[FactKind.REOPENED] in {0, 1}
    assert story.flags(FactKind.SOLVED).count(True) == count[FactKind.REOPENED]
    assert count[FactKind.FIRST_RESPONSE] <= 1
    assert count[FactKind.WAIT] <= 1
    if count[FactKind.FIRST_RESPONSE]:
        assert story.minutes(FactKind.WAIT)[0] <= story.minutes(FactKind.FIRST_RESPONSE)[0]
    hands = sum(story.minutes(FactKind.HANDLING))
    longest = max(story.minutes(FactKind.SOLVED), default=0)
    assert hands <= longest


@settings(deadline=None)
@given(st.lists(STEPS, max_size=12), st.lists(STEPS, max_size=4))
def test_what_is_past_stays_unless_the_ticket_is_opened_again(
    steps: list[tuple[str, int, Any]], more: list[tuple[str, int, Any]]
) -> None:
    def measured(facts: list[Fact]) -> list[Fact]:
        kinds = {FactKind.FIRST_RESPONSE, FactKind.NEXT_RESPONSE, FactKind.WAIT, FactKind.TRANSFER}
        return [fact for fact in facts if fact.kind in kinds]

    before, after = measured(told(steps).facts()), measured(told([*steps, *more]).facts())
    assert after[: len(before)] == before


def asked_and_rated(survey: str, *marks: int) -> Story:
    story = Story().answer(5, state="solved")
    for number, mark in enumerate(marks, start=1):
        told = {"invitation_id": number, "survey": survey, "way": "mail"}
        story.tell(60, "feedback.offered", **told)
        rated = {"score": mark, "is_good": mark >= 9, "before": None}
        story.tell(70, "feedback.rated", **told, **rated)
    return story


def test_recommendations_and_effort_are_asked_and_answered_like_satisfaction() -> None:
    facts = asked_and_rated("nps", 10).facts()
    kinds = [fact.kind for fact in facts if fact.kind.value.startswith("nps")]
    assert kinds == [FactKind.NPS_ASKED, FactKind.NPS]
    assert [fact.value for fact in facts if fact.kind is FactKind.NPS] == [10]
    assert asked_and_rated("nps", 3).flags(FactKind.NPS_ASKED) == [True]
    assert [f.value for f in asked_and_rated("ces", 6).facts() if f.kind is FactKind.CES] == [6]
