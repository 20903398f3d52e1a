"""Chains of deputies: whoever stands in is here, at every instant."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.parties.staff.rules.standing_in import Span, stand_in_of, uncovered

PEOPLE = st.integers(1, 6)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _span(member: int, start: int, days: int, deputy: int | None) -> Span:
    return Span(
        member=member,
        starts_at=NOON + timedelta(days=start),
        ends_at=NOON + timedelta(days=start + days),
        deputy=None if deputy == member else deputy,
    )


SPANS = st.builds(
    _span, PEOPLE, st.integers(0, 12), st.integers(1, 6), st.one_of(st.none(), PEOPLE)
)


@given(PEOPLE, st.dictionaries(PEOPLE, st.one_of(st.none(), PEOPLE)))
def test_a_stand_in_is_never_away_and_never_the_one_they_stand_in_for(
    member: int, away: dict[int, int | None]
) -> None:
    found = stand_in_of(member, away)
    if found is not None:
        assert found not in away
        assert found != member


@given(SPANS, st.lists(SPANS, max_size=8))
def test_who_is_covered_is_covered_at_every_hour_and_who_is_not_is_so_at_some(
    asked: Span, others: list[Span]
) -> None:
    spans: dict[int, list[Span]] = {}
    for each in others:
        mine = spans.setdefault(each.member, [])
        if each.member != asked.member and not any(each.meets(one) for one in mine):
            mine.append(each)
    gap = uncovered(asked, spans)
    alone = []
    at = asked.starts_at
    while at < asked.ends_at:
        lasting = [one for each in spans.values() for one in each if one.lasts(at)]
        away = {one.member: one.deputy for one in lasting}
        if stand_in_of(asked.member, {**away, asked.member: asked.deputy}) is None:
            alone.append(at)
        at += timedelta(hours=12)
    if asked.deputy is not None:
        assert (gap is None) == (alone == [])
    else:
        assert gap is None
    if gap:
        assert gap.member == asked.deputy
