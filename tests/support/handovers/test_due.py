"""The contractor's time ends before the client's, whatever the calendar."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from ambidesk.ground.calendars.calendar import Calendar
from ambidesk.ground.calendars.reading import read
from ambidesk.service.sla.rules.facts import Measure
from ambidesk.service.sla.terms import ALL_HOURS
from ambidesk.support.handovers.rules.due import allow
from ambidesk.support.handovers.rules.standing import MOVES, OPEN, Standing, can_become

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
HOURS = {day: [["09:00", "18:00"]] for day in WORKDAYS}
OFFICE = Calendar(read({"zone": "Europe/Moscow", "hours": HOURS}))
MINUTE = timedelta(minutes=1)
spans = some.integers(min_value=1, max_value=60 * 24 * 30).map(lambda n: n * MINUTE)
starts = some.integers(min_value=0, max_value=60 * 24 * 14).map(lambda n: MONDAY + n * MINUTE)
measures = some.sampled_from([ALL_HOURS, OFFICE])


@given(starts, spans, spans, measures, spans)
def test_a_contractor_is_due_before_the_client_while_anything_is_left_of_the_clients_time(
    start: datetime, work: timedelta, margin: timedelta, measure: Measure, left: timedelta
) -> None:
    client = start + left
    given_time = allow(start, work=work, margin=margin, measure=measure, client_due=client)
    assert start <= given_time.due < client
    counted = measure if given_time.by_calendar else ALL_HOURS
    assert counted.add(start, given_time.work) == given_time.due
    assert given_time.due <= measure.add(start, work)
    if margin < left:
        assert given_time.due <= client - margin


@given(starts, spans, spans, measures, spans)
def test_where_the_clients_time_is_over_or_not_promised_the_contractor_has_their_own(
    start: datetime, work: timedelta, margin: timedelta, measure: Measure, late: timedelta
) -> None:
    for client in (None, start - late, start):
        given_time = allow(start, work=work, margin=margin, measure=measure, client_due=client)
        assert given_time.due == measure.add(start, work)


@given(some.lists(some.sampled_from(Standing), max_size=12))
def test_what_is_over_stays_over_and_is_taken_only_after_it_was_done(
    wanted: list[Standing],
) -> None:
    standing, passed = Standing.OFFERED, [Standing.OFFERED]
    for after in wanted:
        if can_become(standing, after):
            standing = after
            passed.append(after)
    over = [each for each in passed if each not in OPEN]
    assert over in ([], passed[-1:])
    if standing is Standing.TAKEN:
        assert passed[-2] is Standing.DONE
    assert all(MOVES[each] == frozenset() for each in over)
