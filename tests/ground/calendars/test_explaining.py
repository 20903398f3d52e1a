"""Why something is due when it is: the days add up and the words say what was special."""

from datetime import UTC, datetime, timedelta

from django.utils import translation
from hypothesis import given, settings

from ambidesk.ground.calendars.calendar import Calendar
from ambidesk.ground.calendars.explaining import explain
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.calendars.words import sentences
from tests.ground.calendars.calendars import instants, moscow, specs, works


@given(specs(), instants, works)
@settings(deadline=None, max_examples=80)
def test_the_days_of_an_explanation_add_up_to_the_work(spec, start, work):
    explanation = explain(Calendar(spec), start=start, work=work)
    assert sum((step.worked for step in explanation.steps), start=timedelta()) == work
    # In UTC: of two zones Python calls instants different where a clock shows them twice.
    assert explanation.due.astimezone(UTC) == Calendar(spec).add(start, work).astimezone(UTC)


def test_the_words_name_holidays_short_days_and_working_saturdays():
    calendar = Calendar(moscow())
    start = datetime(2025, 10, 31, 16, tzinfo=calendar.zone)
    with translation.override("en"):
        words = list(sentences(explain(calendar, start=start, work=timedelta(hours=10))))
    assert words == [
        "10 h of working time from Fri 31 October 2025, 16:00 (Europe/Moscow).",
        "Fri 31 October: 2 h (open 09:00–13:00, 14:00–18:00).",
        (
            "Sat 1 November: 7 h (open 09:00–13:00, 14:00–17:00; worked for Mon 3 November, "
            "an hour less before Unity Day)."
        ),
        "Sun 2 November: closed.",
        "Mon 3 November: closed, Day off (substituted from 11/01/2025).",
        "Tue 4 November: closed, Unity Day.",
        "Wed 5 November: 1 h (open 09:00–13:00, 14:00–18:00).",
        "Due Wed 5 November 2025, 10:00.",
    ]


def test_a_long_way_is_told_shortly():
    calendar = Calendar(moscow())
    start = datetime(2025, 7, 1, 9, tzinfo=calendar.zone)
    words = list(sentences(explain(calendar, start=start, work=timedelta(hours=300))))
    assert len(words) == 5


def test_changed_clocks_and_years_without_a_decree_are_told():
    berlin = Calendar(read({"zone": "Europe/Berlin", "hours": "24/7"}))
    start = datetime(2025, 3, 29, 12, tzinfo=berlin.zone)
    assert explain(berlin, start=start, work=timedelta(hours=24)).clock_changes
    moscow_ = Calendar(moscow())
    late = datetime(2040, 3, 1, 9, tzinfo=moscow_.zone)
    explanation = explain(moscow_, start=late, work=timedelta(hours=1))
    assert explanation.undecreed == [2040]
    assert any("2040" in words for words in sentences(explanation))
