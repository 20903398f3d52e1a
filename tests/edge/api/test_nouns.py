"""What the settings hold, over the API: made, read, changed whole, archived, and kept in reach."""

from typing import Any

import pytest

from ambidesk.ground.fields.models import Definition
from ambidesk.support.desk.models import Template
from tests.cast import Cast
from tests.edge.api.machines import Machine, issued

CALENDAR = {"zone": "Europe/Moscow", "hours": {"mon": [["09:00", "18:00"]]}}
URGENT = [{"action": "tickets.prioritise", "parameters": {"priority": 4}}]
NOUNS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("tags", {"name": "fragile"}, {"name": "heavy"}),
    ("categories", {"name": "Parcels"}, {"name": "Letters"}),
    ("request-types", {"name": "Complaint"}, {"name": "Question"}),
    (
        "fields",
        {"kind": "whole", "label": {"en": "Floor"}},
        {"kind": "whole", "label": {"en": "F"}},
    ),
    ("templates", {"name": "Hello", "text": "Hello"}, {"name": "Hello", "text": "Good day"}),
    ("macros", {"name": "Now", "steps": URGENT}, {"name": "At once", "steps": URGENT}),
    ("calendars", {"name": "Days", "spec": CALENDAR}, {"name": "Weekdays", "spec": CALENDAR}),
    ("brands", {"name": "Third", "slug": "third"}, {"name": "Fourth", "slug": "fourth"}),
    ("skills", {"name": "Glass"}, {"name": "Wood"}),
    ("surveys", {"name": "How was it?"}, {"name": "And now?", "kind": "nps"}),
]


@pytest.fixture
def every(cast: Cast) -> Machine:
    """A system that may do all, in all brands."""
    return Machine(token=issued(at=cast.at).token)


@pytest.mark.parametrize("path, first, second", NOUNS)
def test_a_noun_is_made_changed_whole_archived_and_restored(
    path: str, first: dict[str, Any], second: dict[str, Any], every: Machine
) -> None:
    made = every.post(path, first)
    assert made.status == 201, made.body
    one = f"{path}/{made.body['id']}"
    assert every.get(one).body == made.body
    assert made.body in every.get(path).body["items"]
    changed = every.put(one, second)
    assert changed.status == 200, changed.body
    assert changed.body != made.body
    for _twice in range(2):
        assert every.put(f"{one}/archive").body["is_archived"]
    assert not every.delete(f"{one}/archive").body["is_archived"]


@pytest.mark.parametrize("path, first, second", NOUNS)
def test_a_key_of_some_brands_changes_nothing_that_holds_for_all(
    path: str, first: dict[str, Any], second: dict[str, Any], every: Machine, shop: Machine
) -> None:
    made = every.post(path, first).body["id"]
    assert shop.post(path, second).status == 403
    assert shop.put(f"{path}/{made}", second).status in {403, 404}
    assert shop.put(f"{path}/{made}/archive").status in {403, 404}


def test_a_key_of_a_brand_writes_templates_of_its_brand_only(cast: Cast, shop: Machine) -> None:
    said = {"name": "Hello", "text": "Hello {{requester.name}}"}
    made = shop.post("templates", {**said, "brand_id": cast.shop.pk})
    assert (made.status, made.body["brand_id"]) == (201, cast.shop.pk)
    assert shop.post("templates", {**said, "brand_id": cast.lifts.pk}).status == 422
    foreign = Template.objects.create(name="Lifts", text="Up", brand=cast.lifts)
    assert shop.get(f"templates/{foreign.pk}").status == 404
    assert shop.put(f"templates/{foreign.pk}", {**said, "brand_id": cast.shop.pk}).status == 404


def test_a_request_type_is_named_in_both_languages_and_known_by_one_name(every: Machine) -> None:
    names = {"en": "Complaint", "ru": "Жалоба"}
    made = every.post("request-types", {"name": "Complaint", "names": names})
    one = f"request-types/{made.body['id']}"
    assert made.body["names"] == names
    russian = every.get(one, accept_language="ru").body
    assert (russian["name"], russian["names"]) == ("Complaint", names)
    # A program that knows of one name only goes on as before.
    changed = every.put(one, {"name": "Claim"}).body
    assert (changed["name"], changed["names"]) == ("Claim", {"en": "Claim", "ru": "Жалоба"})
    taken = every.post("request-types", {"name": "Grief", "names": {"en": "Grief", "ru": "Жалоба"}})
    assert taken.status == 422


def test_a_form_asks_in_order_and_for_fields_in_use(every: Machine) -> None:
    kind = every.post("request-types", {"name": "Repair"}).body["id"]
    floor = every.post("fields", {"kind": "whole", "label": {"en": "Floor"}}).body["id"]
    rows = [{"kind": "section", "en": "Where", "ru": ""}, {"kind": "question", "field": floor}]
    said = every.put(f"request-types/{kind}/form", {"rows": rows})
    assert said.status == 200, said.body
    assert [row["kind"] for row in said.body["rows"]] == ["section", "question"]
    wrong = every.put(f"request-types/{kind}/form", {"rows": [{"kind": "question", "field": 0}]})
    assert wrong.status == 422


def test_a_field_that_is_written_anew_keeps_what_is_meant_beforehand(every: Machine) -> None:
    given = {"text": "hall", "whole": "3", "day": "2026-11-26", "yes": True}
    for kind, default in {**given, "instant": "2026-11-26T10:00:00+00:00"}.items():
        said = {"kind": kind, "label": {"en": "Place"}}
        one = every.post("fields", said).body["id"]
        Definition.objects.filter(pk=one).update(default=default)
        changed = every.put(f"fields/{one}", {**said, "label": {"en": "Where"}})
        assert changed.status == 200, changed.body
        assert (changed.body["label"]["en"], changed.body["default"]) == ("Where", default)


def test_a_rule_is_written_switched_and_put_in_order(every: Machine) -> None:
    said = {"name": "Urgent", "when": {"events": ["opened"]}, "condition": None, "then": URGENT}
    rule = every.post("rules", said).body
    other = every.post("rules", {**said, "name": "More urgent"}).body
    assert not rule["is_on"]
    assert every.put(f"rules/{rule['id']}/activity").body["is_on"]
    assert every.put("rules/order", {"rules": [other["id"], rule["id"]]}).status == 204
    assert [each["place"] for each in every.get("rules").body["items"]] == [2, 1]
    changed = every.put(f"rules/{rule['id']}", {**said, "when": {"events": ["closed"]}})
    assert changed.status in {200, 422}
    assert every.get(f"rules/{rule['id']}/runs").body["items"] == []


def test_a_policy_promises_by_a_calendar(every: Machine) -> None:
    calendar = every.post("calendars", {"name": "Days", "spec": CALENDAR}).body["id"]
    target = {"goal": "resolution", "work": "PT8H", "pauses": ["requester"], "warnings": ["PT1H"]}
    said = {"name": "Fast", "calendar_id": calendar, "targets": [target]}
    made = every.post("policies", said)
    assert (made.status, made.body["targets"]) == (201, [target])
    wrong = every.post(
        "policies", {**said, "name": "Never", "targets": [{**target, "work": "P1Y"}]}
    )
    assert wrong.status == 422
    assert every.put(f"calendars/{calendar}/archive").status == 409


def test_a_team_keeps_the_members_whom_the_key_does_not_see(cast: Cast, shop: Machine) -> None:
    both = [cast.olga.pk, cast.ivan.pk]
    said = {"name": "Shop", "brand_ids": [cast.shop.pk], "member_ids": both}
    assert shop.put(f"teams/{cast.shop_team.pk}", said).body["member_ids"] == sorted(both)
    assert shop.put(f"teams/{cast.lift_team.pk}", said).status == 404
    cast.shop_team.brands.add(cast.lifts)
    assert shop.put(f"teams/{cast.shop_team.pk}", said).status == 403


def test_a_queue_and_a_channel_are_set(cast: Cast, shop: Machine) -> None:
    path = f"teams/{cast.shop_team.pk}/queue"
    assert shop.get(path).body["mode"] == "off"
    assert shop.put(path, {"mode": "pull"}).body["mode"] == "pull"
    channel = f"channels/{cast.shop_mail.pk}"
    assert not shop.delete(f"{channel}/activity").body["is_enabled"]
    assert shop.put(f"{channel}/activity").body["is_enabled"]
    assert shop.get(f"channels/{cast.lift_mail.pk}").status == 404


def test_a_webhook_tells_its_secret_once_and_stays_in_its_brand(cast: Cast, shop: Machine) -> None:
    said = {"name": "Shop", "url": "https://example.org/hook", "kinds": ["tickets.opened"]}
    assert shop.post("webhooks", said).status == 403
    made = shop.post("webhooks", {**said, "brand_id": cast.shop.pk})
    assert made.status == 201, made.body
    one = f"webhooks/{made.body['id']}"
    assert "secret" not in made.body
    assert shop.post(f"{one}/secret").body["secret"].startswith("whsec_")
    assert shop.post(f"{one}/test").status == 204
    (call,) = shop.get(f"{one}/calls").body["items"]
    assert shop.post(f"{one}/calls/{call['id']}/replay").status == 409
    assert not shop.delete(f"{one}/activity").body["is_on"]


def test_a_view_is_ones_own(cast: Cast, shop: Machine) -> None:
    condition = {"all": [{"field": "state", "operator": "is", "value": "open"}]}
    said = {"name": "Open", "condition": condition}
    assert shop.post("own-views", said).status == 422
    mine = shop.post("own-views", said, On_Behalf_Of=str(cast.olga.pk))
    assert mine.status == 201, mine.body
    path = f"own-views/{mine.body['id']}"
    assert shop.get(path, On_Behalf_Of=str(cast.ivan.pk)).status == 404
    listed = shop.get(f"tickets?view={mine.body['key']}", On_Behalf_Of=str(cast.olga.pk))
    assert listed.status == 200
    assert shop.delete(path, On_Behalf_Of=str(cast.olga.pk)).status == 204
