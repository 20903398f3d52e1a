"""Offers: equals by what speaks for them, the rest by the order of the queue; nothing to two."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.routing.rules.matching import Hand, Tie, Weights, Work
from ambidesk.support.routing.rules.offering import PATIENCE, Waits, offers

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEIGHTS = Weights(skill=3, risk=3, category=2, load=3, continuity=4)


def waits(
    ticket: int,
    *,
    hours: float = 1,
    risk: float = 0,
    urgency: tuple[int, int] = (0, 2),
    is_client: bool = True,
    needs: frozenset[int] = frozenset(),
) -> Waits:
    work = Work(ticket=ticket, weight=1, needs=needs, risk=risk)
    return Waits(work=work, urgency=urgency, since=NOW - hours * HOUR, is_client=is_client)


def hand(member: int = 1, **said: object) -> Hand:
    given = {"load": 0, "capacity": 4, "idle_since": NOW - member * HOUR} | said
    return Hand(member=member, **given)  # type: ignore[arg-type]


def offered(*line: Waits, hands: tuple[Hand, ...] = (hand(),), **ties: Tie) -> dict[int, int]:
    known = {int(key[1:]): {1: tie} for key, tie in ties.items()}
    return offers(line, hands, ties=known, weights=WEIGHTS, at=NOW)


def test_of_equals_whoever_was_in_charge_before_gets_just_that() -> None:
    assert offered(waits(1, hours=3), waits(2), t2=Tie.BEFORE) == {1: 2}
    assert offered(waits(1, hours=3), waits(2)) == {1: 1}


def test_a_promise_that_is_near_goes_before_an_older_one() -> None:
    assert offered(waits(1, hours=3), waits(2, risk=0.9)) == {1: 2}


def test_what_is_more_urgent_goes_first_whatever_the_weights() -> None:
    assert offered(waits(1, urgency=(0, 4)), waits(2, risk=1), t2=Tie.BEFORE) == {1: 1}


def test_what_has_waited_too_long_goes_first() -> None:
    old = waits(1, hours=PATIENCE / HOUR)
    assert offered(old, waits(2, risk=1), t2=Tie.BEFORE) == {1: 1}


def test_where_a_consumer_is_next_nothing_is_offered() -> None:
    assert offered(waits(1, is_client=False), waits(2, risk=1)) == {}
    # One that this member cannot take is not next for them.
    assert offered(waits(1, is_client=False, needs=frozenset({7})), waits(2)) == {1: 2}


def test_nothing_younger_goes_before_a_talk_of_a_consumer() -> None:
    talk = waits(2, hours=4, is_client=False)
    assert offered(waits(1, hours=5), talk, waits(3, hours=0.1, risk=0.9)) == {1: 1}
    # What this member could not take holds nothing up.
    other = waits(2, hours=4, is_client=False, needs=frozenset({7}))
    assert offered(waits(1, hours=5), other, waits(3, hours=0.1, risk=0.9)) == {1: 3}


def test_nothing_is_offered_to_two() -> None:
    assert offered(waits(1), hands=(hand(1), hand(2))) == {2: 1}
    assert offered(waits(1, hours=2), waits(2), hands=(hand(1), hand(2))) == {2: 1, 1: 2}


LINES = st.lists(
    st.builds(
        waits,
        ticket=st.integers(1, 40),
        hours=st.floats(0, 12),
        risk=st.floats(0, 1),
        urgency=st.tuples(st.integers(0, 1), st.integers(1, 3)),
        is_client=st.booleans(),
        needs=st.frozensets(st.integers(1, 3), max_size=2),
    ),
    max_size=8,
    unique_by=lambda each: each.work.ticket,
).map(lambda line: sorted(line, key=lambda e: (-e.urgency[0], -e.urgency[1], e.since)))
HANDS = st.lists(
    st.builds(
        hand,
        member=st.integers(1, 9),
        load=st.integers(0, 4),
        levels=st.dictionaries(st.integers(1, 3), st.integers(1, 3)),
    ),
    max_size=4,
    unique_by=lambda each: each.member,
)


@given(LINES, HANDS, st.dictionaries(st.integers(1, 40), st.sampled_from(Tie)))
def test_an_offer_fits_is_alone_and_passes_over_nothing_that_is_more_urgent(
    line: list[Waits], hands: list[Hand], near: dict[int, Tie]
) -> None:
    ties = {ticket: {each.member: tie for each in hands} for ticket, tie in near.items()}
    found = offers(line, hands, ties=ties, weights=WEIGHTS, at=NOW)
    assert len(set(found.values())) == len(found)
    by_ticket = {each.work.ticket: each for each in line}
    by_member = {each.member: each for each in hands}
    for member, ticket in found.items():
        mine, given = by_member[member], by_ticket[ticket]
        assert given.is_client
        assert mine.free >= given.work.weight
        assert all(mine.levels.get(skill, 0) >= 2 for skill in given.work.needs)
        left = [
            each
            for each in line
            if each.work.ticket not in found.values()
            and mine.free >= each.work.weight
            and all(mine.levels.get(skill, 0) >= 2 for skill in each.work.needs)
        ]
        # Nothing that nobody is offered is more urgent, or an older talk of a consumer's own.
        assert all(each.urgency <= given.urgency for each in left)
        talks = [e for e in left if not e.is_client and e.urgency == given.urgency]
        assert all(e.since >= given.since for e in talks)
        aged = [e for e in left if e.is_client and e.urgency == given.urgency]
        assert all(NOW - e.since < PATIENCE or NOW - given.since >= PATIENCE for e in aged)


@given(LINES, HANDS)
def test_without_weights_and_clients_apart_it_is_the_order_of_the_queue(
    line: list[Waits], hands: list[Hand]
) -> None:
    for each in hands[:1]:
        found = offers(line, [each], ties={}, weights=Weights(), at=NOW)
        fits = [
            e
            for e in line
            if each.free >= 1 and all(each.levels.get(s, 0) >= 2 for s in e.work.needs)
        ]
        first = fits[0] if fits and fits[0].is_client else None
        assert found == ({each.member: first.work.ticket} if first else {})
