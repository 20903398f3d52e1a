"""The rule that tells a fault from chance: by the mixture of what comes, never by how much it is."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.incidents.rules.bursting import (
    KNOWN,
    LEAST,
    TIMES,
    Borne,
    Seen,
    chance,
    is_burst,
    is_unusual,
    usual_of,
)

PAST = st.floats(KNOWN, 100_000)
SHARE = st.floats(0.0005, 0.4)


def _seen(number: int, *, all_: int, known: float, before: float) -> Seen:
    terms = (Borne(now=number, before=before),) * 2
    return Seen(number=number, all=all_, known=known, terms=terms)


@given(st.integers(0, 500), st.integers(0, 2000), PAST, SHARE)
def test_few_are_no_burst_and_more_never_make_one_less_sure(
    number: int, others: int, known: float, share: float
) -> None:
    here = _seen(number, all_=number + others, known=known, before=share * known)
    more = _seen(number + 1, all_=number + 1 + others, known=known, before=share * known)
    assert is_burst(more) or not is_burst(here)
    assert not is_burst(here) or number >= LEAST


@given(st.integers(10, 100_000), PAST, SHARE)
def test_ten_times_of_everything_is_no_fault(all_: int, known: float, share: float) -> None:
    assert not is_burst(_seen(int(share * all_), all_=all_, known=known, before=share * known))


@given(st.integers(LEAST, 2_000), st.integers(0, 2_000), PAST, SHARE)
def test_a_burst_is_several_times_the_usual_and_no_chance(
    number: int, others: int, known: float, share: float
) -> None:
    before = share * known
    if is_burst(_seen(number, all_=number + others, known=known, before=before)):
        assert number > TIMES * usual_of(before, all_before=known, others_now=others)
        term = Borne(now=number, before=before)
        assert chance(term, all_now=number + others, all_before=known) < 1e-4


@given(st.integers(0, 500), st.integers(0, 500), PAST, SHARE)
def test_a_chance_is_a_probability_and_falls_with_every_one_more(
    now: int, others: int, known: float, share: float
) -> None:
    here, more = (
        chance(Borne(now=each, before=share * known), all_now=each + others, all_before=known)
        for each in (now, now + 1)
    )
    assert 0 <= more <= here <= 1


@given(st.integers(0, 2**32), st.integers(20, 400), st.floats(0.001, 0.3))
def test_what_comes_by_the_usual_mixture_is_never_a_burst(
    seed: int, window: int, share: float
) -> None:
    dice = Random(seed)  # noqa: S311 a mixture, no secret
    before = sum(dice.random() < share for _each in range(3_000))
    now = sum(dice.random() < share for _each in range(window))
    assert not is_burst(_seen(now, all_=window, known=3_000, before=before))


@given(st.integers(30, 400), st.floats(0.001, 0.05))
def test_a_fault_as_large_as_all_the_rest_is_seen(others: int, share: float) -> None:
    assert is_burst(_seen(others, all_=2 * others, known=3_000, before=share * 3_000))


def test_one_word_of_a_feast_makes_no_fault_and_may_belong_to_one() -> None:
    terms = (Borne(now=60, before=0), Borne(now=6, before=100), Borne(now=5, before=120))
    seen = Seen(number=60, all=200, known=3_000, terms=terms)
    assert not is_burst(seen)
    assert is_unusual(seen)


def test_a_desk_without_a_past_proposes_only_what_is_a_large_part_of_everything() -> None:
    terms = (Borne(now=25, before=0), Borne(now=25, before=0))
    assert is_burst(Seen(number=25, all=60, known=40, terms=terms))
    assert not is_burst(Seen(number=25, all=120, known=100, terms=terms))
    assert not is_burst(Seen(number=12, all=14, known=10, terms=terms))
