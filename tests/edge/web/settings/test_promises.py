"""Settings of calendars and promises: set up by forms, wrong input beside its field."""

import json
import re
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
from ambidesk.service.sla.targets import read_targets
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


def test_a_year_that_is_not_known_yet_is_loaded_by_hand_and_drawn(admin: Client) -> None:
    year = {
        "public": {"2031-01-01": "New Year", "2031-05-09": "Day of victory"},
        "off": {"2031-05-02": ""},
        "working": {"2031-04-26": "2031-05-02"},
    }
    typed = CALENDAR | {"years": json.dumps({"2031": year})}
    assert admin.post("/settings/calendars/new", typed).status_code == 303
    row = ServiceCalendar.objects.get()
    page = admin.get(f"/settings/calendars/{row.pk}").content.decode()
    assert 'id="year-2031"' in page
    assert "Day of victory" in page
    assert "26.04 · 09:00–13:00, 14:00–18:00" in page
    assert row.current.spec["holidays"]["years"] == {"2031": year}


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
    often = {"relation": "person_tickets", "quantity": "at_least", "number": 1}
    ours = {"field": "team", "operator": "one_of", "value": [cast.shop_team.pk]}
    chosen = {"any": [{"all": [ours, often]}, {"field": "line", "operator": "more", "value": 1}]}
    form = promise(calendar, condition=json.dumps(chosen))
    assert admin.post("/settings/policies/new", form).status_code == 303
    policy = Policy.objects.get()
    assert policy.condition == chosen
    page = admin.get(f"/settings/policies/{policy.pk}").content.decode()
    assert "1 h 30 min" in page
    assert "person_tickets" in page
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
        ({"warnings": "1 h, 120 %"}, "A share is a whole number from 1 % to 99 %."),
        ({"condition": '{"all": [{"field": "salary"}]}'}, "This is not a condition"),
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


def test_warnings_in_percent_are_of_each_time_and_come_back_as_they_were_written(
    admin: Client,
) -> None:
    admin.post("/settings/calendars/new", CALENDAR)
    form = promise(ServiceCalendar.objects.get(), warnings="25 %, 15 min, 5%")
    assert admin.post("/settings/policies/new", form).status_code == 303
    policy = Policy.objects.get()
    first, solved = read_targets(policy.current.targets)
    minutes = [[left.total_seconds() / 60 for left in each.levels] for each in (first, solved)]
    assert minutes == [[60, 15, 12], [22.5, 15, 4.5]]
    page = admin.get(f"/settings/policies/{policy.pk}").content.decode()
    assert 'value="15 min, 25 %, 5 %"' in page
    # What was not changed makes no version.
    admin.post(f"/settings/policies/{policy.pk}", form)
    assert policy.versions.count() == 1


def test_each_level_leads_to_a_rule_of_its_own_and_names_those_there_are(admin: Client) -> None:
    admin.post("/settings/calendars/new", CALENDAR)
    admin.post("/settings/policies/new", promise(ServiceCalendar.objects.get()))
    policy = Policy.objects.get()
    level = f"warned:{policy.pk}:2"
    page = admin.get(f"/settings/policies/{policy.pk}").content.decode()
    assert "People are told" in page
    assert f"/settings/rules/new?events=warned%3A{policy.pk}%3A2" in page
    begun = admin.get("/settings/rules/new", {"events": level}).content.decode()
    assert re.search(rf'value="{level}"[^>]*checked', begun)
    assert "warning 2 of “Everybody” is reached" in begun
    steps = [{"action": "tickets.prioritise", "parameters": {"priority": 4}}]
    rule = {"name": "Hurry", "kind": "event", "events": [level], "then": json.dumps(steps)}
    assert admin.post("/settings/rules/new", rule).status_code == 303
    page = admin.get(f"/settings/policies/{policy.pk}").content.decode()
    assert ">Hurry</a>" in page


def test_a_level_that_was_made_up_is_no_choice(admin: Client) -> None:
    begun = admin.get("/settings/rules/new", {"events": "<b>"}).content.decode()
    assert "&lt;b&gt;" not in begun
