"""A calendar file: the way there and back, and what is said of a wrong one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.calendars.reading import read, read_text
from ambidesk.ground.calendars.refusals import WrongCalendar
from ambidesk.ground.calendars.spec import MINUTES_OF_DAY, Span
from ambidesk.ground.calendars.writing import written
from ambidesk.ground.kernel.refusal import Refusal
from tests.ground.calendars.calendars import moscow, russian, specs


@given(specs())
def test_a_calendar_that_is_written_and_read_is_the_same(spec):
    assert read_text(json.dumps(written(spec))) == spec


def test_holidays_survive_the_way_too():
    year = {"public": {"2028-01-01": "x"}, "off": {}, "working": {"2028-02-19": "2028-02-22"}}
    rule = {"country": "RU", "short_days": True, "years": {"2028": year}}
    spec = moscow(holidays=rule, exceptions=[{"date": "2026-05-08", "hours": [], "name": "Count"}])
    assert read(written(spec)) == spec
    german = moscow(holidays={"country": "de", "subdivision": "BY"})
    assert read(written(german)) == german


def test_a_night_and_a_whole_day_are_hours():
    spec = read(
        {"zone": "UTC", "hours": {"mon": [["22:00", "06:00"]], "tue": [["00:00", "24:00"]]}}
    )
    assert spec.week[0] == (Span(1320, MINUTES_OF_DAY + 360),)
    assert spec.week[1] == (Span(0, MINUTES_OF_DAY),)


@pytest.mark.parametrize(
    "change, where",
    [
        ({"zone": "Europe/Moskau"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"zone": "Europe"}, "zone"),
        ({"zone": 3}, "zone"),
        ({"hours": []}, "hours"),
        ({"hours": {"monday": []}}, "hours.monday"),
        ({"hours": {"mon": [["9", "10:00"]]}}, "hours.mon[0][0]"),
        ({"hours": {"mon": [["09:00", "25:00"]]}}, "hours.mon[0][1]"),
        ({"hours": {"mon": [["09:00", "09:00"]]}}, "hours.mon[0][1]"),
        ({"hours": {"mon": [["24:00", "09:00"]]}}, "hours.mon[0][0]"),
        ({"hours": {"mon": [["09:00"]]}}, "hours.mon[0]"),
        ({"hours": {"mon": [["09:00", "13:00"], ["12:00", "14:00"]]}}, "hours.mon[1]"),
        ({"holidays": {"country": "XX"}}, "holidays.country"),
        ({"holidays": {"country": "DE", "subdivision": "QQ"}}, "holidays.subdivision"),
        ({"holidays": {"country": "RU", "short_days": "yes"}}, "holidays.short_days"),
        ({"holidays": {"country": "RU", "years": {"2028": {}}}}, "holidays.years.2028"),
        ({"exceptions": [{"date": "2026-02-30", "hours": []}]}, "exceptions[0].date"),
        ({"exceptions": [{"date": "20260508", "hours": []}]}, "exceptions[0].date"),
        ({"exceptions": [{"date": "2026-05-08"}]}, "exceptions[0]"),
        ({"exceptions": [{"date": "2026-05-08", "hours": [], "x": 1}]}, "exceptions[0].x"),
        ({"exceptions": [{"date": "2026-05-08", "hours": []}] * 2}, "exceptions[1].date"),
        ({"closed": True}, "closed"),
    ],
)
def test_what_is_wrong_is_named_by_its_key_and_line(change, where):
    text = json.dumps(russian() | change, indent=1)
    with pytest.raises(WrongCalendar) as refused:
        read_text(text)
    words = str(refused.value)
    assert words.startswith(f"{where}, line ")
    line = int(words.removeprefix(f"{where}, line ").split(":")[0])
    key = next(
        part
        for part in reversed(where.replace("]", "").replace("[", ".").split("."))
        if not part.isdigit() or part == "2028"
    )
    first = next(number for number, row in enumerate(text.splitlines(), 1) if f'"{key}"' in row)
    assert line >= first


def test_a_line_is_the_very_line():
    text = '{\n "zone": "UTC",\n "hours": {\n  "mon": [\n   ["09:00",\n    "9pm"]]}}'
    with pytest.raises(WrongCalendar, match=r"hours\.mon\[0\]\[1\], line 6"):
        read_text(text)


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{", '{"zone": "UTC",}', "[" * 100_000, '{"zone": NaN}', "\x00"]
)
def test_what_is_no_calendar_is_refused_with_a_sentence(text):
    with pytest.raises(Refusal) as refused:
        read_text(text)
    assert str(refused.value)


def test_a_key_that_is_given_twice_is_refused():
    with pytest.raises(WrongCalendar, match=r"zone, line 2: this key is given twice"):
        read_text('{"zone": "UTC",\n "zone": "Europe/Moscow", "hours": "24/7"}')


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(max_size=6)
        | st.sampled_from(["UTC", "09:00", "18:00", "2026-05-08", "RU", "24/7"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "zone",
                        "hours",
                        "mon",
                        "holidays",
                        "country",
                        "exceptions",
                        "date",
                        "years",
                        "2028",
                        "public",
                        "working",
                    ]
                )
                | st.text(max_size=3),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_whatever_the_json_is_it_is_read_or_refused(given_json):
    try:
        read_text(json.dumps(given_json))
    except Refusal as refusal:
        assert str(refusal)  # noqa: PT017 refused or not, nothing else is raised
