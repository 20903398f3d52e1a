"""What a key cannot do by naming things of two brands, or what it does not see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import ApiKey, Role
from ambidesk.service.catalogue.models import Category, RequestType
from ambidesk.support.desk.macros.writing import MacroText, write_macro
from ambidesk.support.tickets.describing import ForeignCategory, categorise, rename
from ambidesk.support.tickets.linking import link
from ambidesk.support.tickets.models import Link, LinkKind, Ticket
from tests.cast import Cast, hired
from tests.edge.api.machines import Machine, issued
from tests.edge.api.test_tickets import wish


@pytest.fixture
def both(cast: Cast) -> Machine:
    """The system of both brands."""
    scopes = ["tickets:write", "behalf"]
    return Machine(token=issued(scopes, brands=[cast.shop.pk, cast.lifts.pk], at=cast.at).token)


def test_a_ticket_opens_with_nothing_of_another_brand(cast: Cast, both: Machine) -> None:
    lift_doors = Category.objects.create(name="Doors", brand=cast.lifts)
    foreign = {
        "channel_id": cast.lift_mail.pk,
        "category_id": lift_doors.pk,
        "team_id": cast.lift_team.pk,
        "assignee_id": cast.lev.pk,
    }
    for field, pk in foreign.items():
        said = both.post("tickets/bulk", {"tickets": [wish(cast), wish(cast, **{field: pk})]})
        assert said.status in {409, 422}, field
    assert not Ticket.objects.exists()
    ours = {"team_id": cast.shop_team.pk, "assignee_id": cast.olga.pk}
    assert both.post("tickets", wish(cast, **ours)).status == 201


def test_who_sees_no_tickets_opens_none(cast: Cast, both: Machine) -> None:
    role = Role.objects.create(key="blind", name="Blind", rights=["tickets.work"])
    blind = hired("Bella Blind", role.key, cast.shop_team, at=cast.at)
    said = both.post("tickets", wish(cast), On_Behalf_Of=str(blind.pk))
    assert said.status == 403
    assert not Ticket.objects.exists()


def test_a_stored_answer_is_not_told_again_to_a_key_that_lost_its_brand(
    cast: Cast, shop: Machine
) -> None:
    assert shop.post("tickets", wish(cast), Idempotency_Key="a").status == 201
    ApiKey.objects.update(brand_ids=[cast.lifts.pk])
    assert shop.post("tickets", wish(cast), Idempotency_Key="a").status == 422


def test_a_sign_that_no_text_holds_is_refused_in_an_address(cast: Cast, shop: Machine) -> None:
    assert shop.get("files/a%00b").status == 422


def test_who_is_in_charge_is_read_behind_the_lock(cast: Cast, shop: Machine) -> None:
    number = cast.ticket().number
    with CaptureQueriesContext(connection) as asked:
        assert shop.patch(f"tickets/{number}", {"assignee_id": cast.olga.pk}).status == 200
    said = [each["sql"] for each in asked]
    locked = next(place for place, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql)
    assert not [sql for sql in said[:locked] if '"staff_team"."line"' in sql]


def test_a_link_with_a_ticket_of_another_brand_stays(cast: Cast, shop: Machine) -> None:
    ticket, foreign = cast.ticket(), cast.ticket(channel=cast.lift_mail)
    made = link(ticket, foreign, kind=LinkKind.RELATED, by=SYSTEM, at=cast.at)
    assert shop.delete(f"tickets/{ticket.number}/links/{made.pk}").status == 404
    assert Link.objects.get(pk=made.pk).undone_at is None


def test_a_long_timeline_is_read_by_hundreds(cast: Cast, shop: Machine) -> None:
    ticket = cast.ticket()
    for count in range(110):
        rename(ticket, subject=f"Parcel {count}", by=SYSTEM, at=cast.at)
    path = f"tickets/{ticket.number}/timeline"
    late = shop.get(path).body
    early = shop.get(f"{path}?before={late['items'][0]['id']}").body
    assert (len(late["items"]), late["more"], early["more"]) == (100, True, False)
    ids = [each["id"] for each in early["items"] + late["items"]]
    assert ids == sorted(set(ids))
    assert len(ids) >= 111


def test_for_whom_a_key_acted_is_kept_with_what_it_did(cast: Cast, shop: Machine) -> None:
    path = f"tickets/{cast.ticket().number}"
    shop.patch(path, {"priority": "high"}, On_Behalf_Of=str(cast.olga.pk))
    shop.patch(path, {"priority": "low"})
    *_before, acted, alone = shop.get(f"{path}/timeline").body["items"]
    assert (acted["actor_kind"], acted["data"]["behalf"]) == ("api_key", cast.olga.user_id)
    assert "behalf" not in alone["data"]


def test_a_ticket_is_never_about_something_of_another_brand(cast: Cast, both: Machine) -> None:
    lift_doors = Category.objects.create(name="Doors", brand=cast.lifts)
    ticket = cast.ticket()
    said = both.patch(f"tickets/{ticket.number}", {"category_id": lift_doors.pk})
    assert (said.status, said.body["code"]) == (409, "foreign-category")
    with pytest.raises(ForeignCategory):
        categorise(ticket, category=lift_doors, by=SYSTEM, at=cast.at)
    ticket.refresh_from_db()
    assert ticket.category is None


@pytest.mark.parametrize("field", ["category_id", "request_type_id", "team_id"])
def test_nothing_that_was_taken_out_of_use_is_set(cast: Cast, both: Machine, field: str) -> None:
    cast.shop_team.archived_at = cast.at
    cast.shop_team.save()
    old = {
        "category_id": Category.objects.create(name="Old", archived_at=cast.at).pk,
        "request_type_id": RequestType.objects.create(key="o", name="Old", archived_at=cast.at).pk,
        "team_id": cast.shop_team.pk,
    }
    said = both.patch(f"tickets/{cast.ticket().number}", {field: old[field]})
    assert (said.status, said.body["field"]) == (422, f"body.{field}")


def test_a_macro_of_another_brand_is_applied_to_no_ticket(cast: Cast, both: Machine) -> None:
    text = MacroText(name="Lifts", steps=[{"action": "tickets.take"}], brand=cast.lifts)
    macro = write_macro(None, text, by=SYSTEM, at=cast.at)
    path = f"tickets/{cast.ticket().number}/macros/{macro.pk}"
    assert both.post(path, On_Behalf_Of=str(cast.olga.pk)).status == 404


def test_a_key_of_some_brands_erases_nobody(cast: Cast) -> None:
    cast.ticket()
    path = f"people/{cast.anna.person_id}"
    own = ["people:erase", "tickets:read"]
    narrow = Machine(token=issued(own, brands=[cast.shop.pk], at=cast.at).token)
    assert narrow.get(path).status == 200
    said = narrow.delete(path)
    assert (said.status, said.body["code"]) == (403, "not-of-all-brands")
    assert Machine(token=issued([*own, "brands:all"], at=cast.at).token).delete(path).status == 204
