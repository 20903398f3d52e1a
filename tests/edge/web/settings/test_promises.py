"""Settings of calendars and promises: set up by forms, wrong input beside its field."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.edge.web.settings.lengths import read_length, written_length
from ambidesk.edge.web.settings.weekly import read_exceptions, read_hours, written_week
from ambidesk.ground.calendars.spec import WEEKDAYS
from ambidesk.ground.calendars.writing import written
from ambidesk.service.sla.models import Clock, Policy, ServiceCalendar
from ambidesk.support.promises.following import sweep
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.ground.calendars.calendars import specs

OFFICE = "09:00-13:00, 14:00-18:00"
CALENDAR = {
    "name": "Office",
    "zone": "Europe/Moscow",
    **dict.fromkeys(WEEKDAYS[:5], OFFICE),
    "sat": "",
    "sun": "",
    "country": "RU",
    "short_days": "on",
    "exceptions": "2026-05-08 closed Stocktaking\n2026-05-16 10:00–14:00",
    "years": "",
}


def promise(calendar: ServiceCalendar, **more: object) -> dict[str, object]:
    form = {
        "name": "Everybody",
        "place": "10",
        "calendar": calendar.pk,
        "first_response": "4 h",
        "next_response": "",
        "resolution": "1 h 30 min",
        "pauses": ["requester"],
        "warnings": "1 h, 15 min",
    }
    return {**form, **more}


def test_a_calendar_is_set_up_and_its_year_drawn(admin: Client) -> None:
    assert admin.post("/settings/calendars/new", CALENDAR).status_code == 303
    row = ServiceCalendar.objects.get()
    spec = row.current.spec
    assert spec["exceptions"] == [
        {"date": "2026-05-08", "hours": [], "name": "Stocktaking"},
        {"date": "2026-05-16", "hours": [["10:00", "14:00"]]},
    ]
    page = admin.get(f"/settings/calendars/{row.pk}").content.decode()
    assert "Victory Day" in page
    assert "2026-05-08 closed Stocktaking" in page
    # What was not changed makes no version.
    assert admin.post(f"/settings/calendars/{row.pk}", CALENDAR).status_code == 303
    assert row.versions.count() == 1
    admin.post(f"/settings/calendars/{row.pk}", CALENDAR | {"sat": "10:00-12:00"})
    assert row.versions.count() == 2


@pytest.mark.parametrize(
    "change, words",
    [
        ({"mon": "9 to 5"}, "hours.mon[0]"),
        ({"tue": "09:00-13:00, 12:00-14:00"}, "overlaps"),
        ({"exceptions": "tomorrow closed"}, "exceptions[0].date"),
        ({"years": "{"}, "this is no JSON"),
        (dict.fromkeys(WEEKDAYS, "") | {"exceptions": ""}, "no working time"),
    ],
)
def test_what_is_wrong_in_a_calendar_stands_on_the_form(
    admin: Client, change: dict[str, str], words: str
) -> None:
    answer = admin.post("/settings/calendars/new", CALENDAR | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert ServiceCalendar.objects.count() == 0


def test_a_promise_is_set_up_changed_and_reaches_the_card_of_a_ticket(
    cast: Cast, admin: Client
) -> None:
    admin.post("/settings/calendars/new", CALENDAR)
    calendar = ServiceCalendar.objects.get()
    form = promise(calendar, team=[cast.shop_team.pk], priority=["2", "4"])
    assert admin.post("/settings/policies/new", form).status_code == 303
    policy = Policy.objects.get()
    page = admin.get(f"/settings/policies/{policy.pk}").content.decode()
    assert "1 h 30 min" in page
    listed = admin.get("/settings/policies/").content.decode()
    assert "First response: 4\u00a0h" in listed
    ticket = cast.ticket()
    sweep(at=cast.at)
    assert {row.goal for row in Clock.objects.filter(promise__ticket=ticket)} == {
        "first_response",
        "resolution",
    }
    card = admin.get(f"/tickets/{ticket.number}/promises").content.decode()
    assert "“Everybody” promises 4 h of working time." in card
    assert 'class="due"' in admin.get(f"/tickets/{ticket.number}").content.decode()
    assert Ticket.objects.get(pk=ticket.pk).due_at is not None
    # Which terms were chosen is told by the card, not by the timeline.
    assert "terms_chosen" not in admin.get(f"/tickets/{ticket.number}").content.decode()


@pytest.mark.parametrize(
    "change, words",
    [
        ({"resolution": "soon"}, "Write it as 4 h"),
        ({"resolution": "", "first_response": ""}, "Promise at least one time."),
        ({"warnings": "1 h; 2 h"}, "Write it as 4 h"),
    ],
)
def test_what_is_wrong_in_a_promise_stands_on_the_form(
    admin: Client, change: dict[str, str], words: str
) -> None:
    admin.post("/settings/calendars/new", CALENDAR)
    form = promise(ServiceCalendar.objects.get(), **change)
    answer = admin.post("/settings/policies/new", form)
    assert answer.status_code == 422
    assert words in answer.content.decode()


@given(st.integers(1, 100_000))
def test_a_length_that_is_written_is_read_the_same(minutes: int) -> None:
    length = timedelta(minutes=minutes)
    assert read_length(written_length(length)) == length


@pytest.mark.parametrize("text", ["4 ч", "4h", "240 мин", "3,5 h 30 min", "4"])
def test_lengths_are_written_in_many_ways(text: str) -> None:
    assert read_length(text) == timedelta(hours=4)


@pytest.mark.parametrize("text", ["", "x", "-1 h", "0", "4 h!", "999999 h"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        read_length(text)


@given(specs())
def test_hours_and_exceptions_that_are_written_are_read_the_same(spec: object) -> None:
    plain = written(spec)  # type: ignore[arg-type]
    typed = written_week(plain)
    for day in WEEKDAYS:
        assert read_hours(typed[day]) == plain["hours"].get(day, [])  # type: ignore[attr-defined]
    assert read_exceptions(typed["exceptions"]) == plain.get("exceptions", [])
