"""Matching: who may never be chosen, that reasons are complete, and that weights decide."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.routing.rules.matching import (
    ALONE,
    PLAIN,
    Criterion,
    Hand,
    No,
    Tie,
    Weights,
    Work,
    match,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SKILL = st.integers(1, 3)
HANDS = st.lists(
    st.builds(
        Hand,
        member=st.integers(1, 9),
        load=st.integers(0, 6),
        capacity=st.integers(0, 5),
        idle_since=st.integers(0, 99).map(lambda minutes: NOON - timedelta(minutes=minutes)),
        levels=st.dictionaries(SKILL, st.integers(1, 3)),
        pressing=st.integers(0, 3),
        why_not=st.sampled_from([None, None, None, No.ABSENT, No.AWAY, No.BUSY, No.NO_QUEUE]),
    ),
    unique_by=lambda hand: hand.member,
    max_size=7,
)
WORKS = st.builds(
    Work,
    ticket=st.just(1),
    weight=st.integers(1, 3),
    needs=st.frozensets(SKILL),
    risk=st.floats(0, 1),
    is_key=st.booleans(),
    reserved_for=st.one_of(st.none(), st.none(), st.integers(1, 9)),
)
WEIGHTS = st.builds(Weights, **{each.value: st.integers(0, 10) for each in Criterion})
TIES = st.dictionaries(st.integers(1, 12), st.sampled_from(Tie))


@given(WORKS, HANDS, TIES, WEIGHTS)
def test_nobody_who_must_not_is_ever_chosen_whatever_the_weights(
    work: Work, hands: list[Hand], ties: dict[int, Tie], weights: Weights
) -> None:
    found = match(work, hands, ties=ties, weights=weights)
    by_member = {hand.member: hand for hand in hands}
    if found.chosen is None:
        return
    # Of the team, even where somebody outside of it knows the client best.
    assert found.chosen in by_member
    chosen = by_member[found.chosen]
    assert chosen.why_not is None
    assert chosen.load + work.weight <= chosen.capacity
    assert work.reserved_for in {None, chosen.member}
    if work.reserved_for is None:
        assert all(chosen.levels.get(each, 0) >= ALONE for each in work.needs)


@given(WORKS, HANDS, TIES, WEIGHTS)
def test_everybody_looked_at_has_a_verdict_and_it_is_the_true_one(
    work: Work, hands: list[Hand], ties: dict[int, Tie], weights: Weights
) -> None:
    found = match(work, hands, ties=ties, weights=weights)
    assert sorted(each.member for each in found.verdicts) == sorted(hand.member for hand in hands)
    able = [each for each in found.verdicts if each.no is None]
    assert (found.chosen is None) == (able == [])
    if able:
        assert found.verdicts[0].member == found.chosen
        assert all(each.total <= able[0].total for each in able)
    for verdict in found.verdicts:
        hand = next(each for each in hands if each.member == verdict.member)
        if verdict.no is No.SKILL:
            assert all(hand.levels.get(each, 0) < ALONE for each in verdict.lacks)
            assert verdict.lacks
        if verdict.no is No.ROOM:
            assert hand.free < work.weight
        if verdict.no in {No.ABSENT, No.AWAY, No.BUSY, No.NO_QUEUE}:
            assert verdict.no is hand.why_not
        if verdict.no:
            assert verdict.points == {}


@given(WORKS, HANDS)
def test_without_weights_it_is_whoever_has_been_idle_longest_as_for_consumers(
    work: Work, hands: list[Hand]
) -> None:
    work = replace(work, reserved_for=None)
    able = [
        hand
        for hand in hands
        if hand.why_not is None
        and hand.load + work.weight <= hand.capacity
        and all(hand.levels.get(each, 0) >= ALONE for each in work.needs)
    ]
    plain = min(able, key=lambda hand: (hand.idle_since, hand.member), default=None)
    found = match(work, hands, ties={}, weights=PLAIN)
    assert found.chosen == (plain.member if plain else None)


def _hand(member: int, **more: object) -> Hand:
    known: dict[str, object] = {"load": 0, "capacity": 4, "idle_since": NOON}
    return Hand(member=member, **(known | more))  # type: ignore[arg-type]


def test_each_reason_alone_decides_when_it_alone_counts() -> None:
    work = Work(ticket=1, weight=1, needs=frozenset({1}), risk=1, is_key=True)
    plain = _hand(1, levels={1: 2}, load=3, pressing=2)
    cases = {
        "skill": (_hand(2, levels={1: 3}, load=3, pressing=2), Tie.NONE),
        "category": (_hand(2, levels={1: 3}, load=3, pressing=2), Tie.NONE),
        "load": (_hand(2, levels={1: 2}, load=0, pressing=2), Tie.NONE),
        "risk": (_hand(2, levels={1: 2}, load=3, pressing=0), Tie.NONE),
        "continuity": (_hand(2, levels={1: 2}, load=3, pressing=2), Tie.BEFORE),
    }
    for name, (better, tie) in cases.items():
        weights = Weights(**{name: 1})
        found = match(work, [plain, better], ties={2: tie}, weights=weights)
        assert found.chosen == 2, name
        assert match(work, [plain, better], ties={2: tie}, weights=PLAIN).chosen == 1, name
