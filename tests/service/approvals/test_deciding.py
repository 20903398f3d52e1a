"""Nothing is approved without an answer of somebody entitled, to just what was shown."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.service.approvals.rules.deciding import (
    Answered,
    Approval,
    Changed,
    ContentChanged,
    Fact,
    Kind,
    NotWaiting,
    NotYourOwn,
    NotYours,
    Question,
    Source,
    State,
    Steps,
    Withdrawn,
    asked_by,
    fold,
    take,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
QUESTION = Question(kind=Kind.COST, content="a", asked_at=AT, patience=HOUR * 4, own=frozenset({1}))
contacts = st.integers(1, 5)
steps = st.lists(st.lists(contacts, max_size=3).map(tuple), max_size=3).map(tuple)
contents = st.sampled_from(["a", "b"])
answers = st.builds(
    Answered,
    at=st.just(AT),
    contact=contacts,
    yes=st.booleans(),
    content=contents,
    source=st.sampled_from(Source),
)
facts = st.one_of(
    answers,
    st.builds(Changed, at=st.just(AT), content=contents),
    st.builds(Withdrawn, at=st.just(AT)),
)


@given(happened=st.lists(st.tuples(facts, steps), max_size=8))
def test_no_sequence_of_actions_gives_an_approval_without_an_eligible_decision(
    happened: list[tuple[Fact, Steps]],
) -> None:
    approval = fold(QUESTION, happened)
    if approval.state is not State.APPROVED:
        return
    eligible = [
        place
        for place, (fact, who) in enumerate(happened)
        if isinstance(fact, Answered)
        and fact.yes
        and fact.content == QUESTION.content
        and fact.contact not in QUESTION.own
        and any(fact.contact in step for step in who)
    ]
    assert eligible
    assert approval.answer == happened[eligible[0]][0]
    # And nothing it was given for has changed since.
    later = [fact for fact, _who in happened[eligible[0] + 1 :]]
    assert not any(isinstance(fact, Changed) and fact.content != "a" for fact in later)


@given(fact=facts, who=steps, before=st.lists(st.tuples(facts, steps), max_size=4))
def test_what_is_refused_changes_nothing(
    fact: Fact, who: Steps, before: list[tuple[Fact, Steps]]
) -> None:
    approval = fold(QUESTION, before)
    try:
        after = take(approval, fact, steps=who)
    except Refusal:
        after = fold(QUESTION, [*before, (fact, who)])
        assert after == approval
    else:
        assert fold(QUESTION, [*before, (fact, who)]) == after


@given(who=steps, hours=st.integers(0, 30))
def test_whoever_was_asked_stays_asked_and_nobody_is_asked_about_their_own(
    who: Steps, hours: int
) -> None:
    now = asked_by(QUESTION, who, at=AT + HOUR * hours)
    later = asked_by(QUESTION, who, at=AT + HOUR * (hours + 4))
    assert later[: len(now)] == now
    assert not QUESTION.own & set(later)
    everybody = [each for step in who for each in step if each not in QUESTION.own]
    assert list(asked_by(QUESTION, who, at=AT + HOUR * 100)) == everybody


def test_the_next_are_asked_after_silence() -> None:
    nearest_first = ((2,), (3, 4))
    assert asked_by(QUESTION, nearest_first, at=AT + HOUR) == (2,)
    assert asked_by(QUESTION, nearest_first, at=AT + HOUR * 4) == (2, 3, 4)


def answered(contact: int, content: str = "a") -> Answered:
    """A yes by a link."""
    return Answered(at=AT, contact=contact, yes=True, content=content, source=Source.LINK)


def test_each_refusal_has_its_reason() -> None:
    waiting, who = Approval(question=QUESTION), ((1, 2),)
    with pytest.raises(NotYourOwn):
        take(waiting, answered(1), steps=who)
    with pytest.raises(NotYours):
        take(waiting, answered(3), steps=who)
    with pytest.raises(ContentChanged):
        take(waiting, answered(2, "b"), steps=who)
    given_once = take(waiting, answered(2), steps=who)
    with pytest.raises(NotWaiting):
        take(given_once, answered(2), steps=who)


def test_a_change_after_approval_voids_it() -> None:
    approved = take(Approval(question=QUESTION), answered(2), steps=((2,),))
    assert take(approved, Changed(at=AT, content="a"), steps=()).state is State.APPROVED
    assert take(approved, Changed(at=AT, content="b"), steps=()).state is State.VOID
