"""The business desk over the API: companies, sites, contacts, equipment, contracts and debts."""

from datetime import timedelta

import pytest

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.appointing import appoint
from ambidesk.support.coverage.settling import settle
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.edge.api.machines import Machine, Said, issued
from tests.service.assets.equipment import make_equipment
from tests.service.contracts import agreements

DAY = "2026-03-02"


def made(said: Said) -> int:
    """The id of what was made."""
    assert said.status == 201, said.body
    return int(said.body["id"])


def test_a_company_is_entered_with_all_that_is_its_own(cast: Cast, shop: Machine) -> None:
    chain = made(shop.post("companies", {"name": "North"}))
    other = made(shop.post("companies", {"name": "South", "group_id": chain}))
    ring = shop.put(f"companies/{chain}", {"name": "North", "group_id": other})
    assert (ring.status, ring.body["code"]) == (422, "group-of-itself")
    entity = {"company_id": chain, "name": "North LLC", "inn": "7707083893"}
    made(shop.post("legal-entities", entity))
    wrong = shop.post("legal-entities", {**entity, "inn": "7707083890"})
    assert (wrong.status, wrong.body["field"]) == (422, "inn")
    assert [each["id"] for each in shop.get("companies?inn=7707083893").body["items"]] == [chain]
    top = made(shop.post("territories", {"company_id": chain, "name": "Region"}))
    town = made(shop.post("territories", {"company_id": chain, "name": "Town", "parent_id": top}))
    site = {"company_id": chain, "name": "Shop 1", "territory_id": town, "zone": "Europe/Moscow"}
    first = made(shop.post("sites", {**site, "code": "S1", "latitude": 55.5, "longitude": "37.5"}))
    assert [e["id"] for e in shop.get(f"sites?territory_id={top}").body["items"]] == [first]
    for refused in (
        {**site, "company_id": other},
        {**site, "code": "S1"},
        {**site, "zone": "Europe/Nowhere"},
        {**site, "latitude": 55.5},
    ):
        assert shop.post("sites", refused).status == 422, refused
    assert shop.put(f"sites/{first}", {**site, "company_id": other}).status == 422
    assert shop.put(f"companies/{other}/archive").body["is_archived"]


def test_a_contact_begins_ends_and_shows_what_they_may_decide(cast: Cast, shop: Machine) -> None:
    cast.ticket()
    company = agreements.company()
    body = {"company_id": company.pk, "person_id": cast.anna.person_id, "since_on": DAY}
    one = made(shop.post("contacts", {**body, "post": "Manager"}))
    assert shop.post("contacts", body).status == 409
    # Boris never wrote: the key does not reach him.
    assert shop.post("contacts", {**body, "person_id": cast.boris.person_id}).status == 422
    assert shop.put(f"contacts/{one}", {"post": "Head"}).body["post"] == "Head"
    contact = appoint(company, cast.boris.person, since=cast.at.date(), by=SYSTEM, at=cast.at)
    terms = Terms(scope=ScopeKind.COMPANY, powers=frozenset({Power.CREATE}), since=cast.at)
    grant_authority(contact, terms, by=SYSTEM, at=cast.at)
    (authority,) = shop.get(f"authorities?company_id={company.pk}").body["items"]
    assert (authority["scope"], authority["powers"]) == ("company", ["create"])
    assert shop.put(f"contacts/{one}/ending", {"until_on": DAY}).status == 422
    shop.put(f"contacts/{one}/ending", {"until_on": "2026-03-05"})
    later = shop.get(f"contacts?company_id={company.pk}&on=2026-03-05").body["items"]
    assert [each["id"] for each in later] == [contact.pk]


def test_equipment_is_registered_moved_read_repaired_and_retired(cast: Cast, shop: Machine) -> None:
    things = make_equipment(cast.at)
    body = {
        "company_id": things.chain.pk,
        "model_id": things.frosty.pk,
        "serial": "A-1",
        "site_id": things.north.pk,
        "known_since": "2026-01-01",
    }
    one = made(shop.post("assets", body))
    path = f"assets/{one}"
    assert shop.post("assets", {**body, "serial": "a-1"}).status == 422
    assert shop.post("assets", {**body, "serial": "B", "site_id": things.foreign.pk}).status == 422
    assert shop.post(f"{path}/moves", {"site_id": things.foreign.pk, "moved_on": DAY}).status == 422
    made(shop.post(f"{path}/moves", {"site_id": things.south.pk, "moved_on": DAY}))
    assert shop.get(path).body["site_id"] == things.south.pk
    key = "11111111-1111-4111-8111-111111111111"
    reading = {"meter": "Hours", "value": "12.5", "read_at": cast.at.isoformat(), "key": key}
    assert made(shop.post(f"{path}/readings", reading)) == made(
        shop.post(f"{path}/readings", reading)
    )
    another = made(shop.post("assets", {**body, "serial": "A-2"}))
    assert shop.post(f"assets/{another}/readings", reading).status == 422
    failed = (cast.at - timedelta(days=1)).isoformat()
    repair = {"key": key, "failed_at": failed, "note": "Fan"}
    made(shop.post(f"{path}/repairs", repair))
    assert shop.post(f"assets/{another}/repairs", repair).status == 422
    assert [each["note"] for each in shop.get(f"{path}/repairs").body["items"]] == ["Fan"]
    assert shop.put(f"{path}/retirement", {"on": DAY}).body["retired_on"] == DAY
    assert shop.put(f"{path}/retirement", {"on": DAY}).status == 409
    seen = shop.get(f"assets?company_id={things.chain.pk}&in_service=true").body["items"]
    assert [each["id"] for each in seen] == [another]
    assert shop.delete(f"{path}/retirement").body["retired_on"] is None


def test_books_tell_what_is_open_and_stops_follow(cast: Cast, shop: Machine) -> None:
    company = agreements.company()
    contract = agreements.in_force(company, cast.at, stop_days=10, number="7/26")
    entity = {"company_id": company.pk, "name": "North LLC", "inn": "7707083893"}
    made(shop.post("legal-entities", entity))
    row = {"inn": "7707083893", "document": "A-1", "due_on": "2026-01-10", "amount": "100.00"}
    owed = {**row, "open_amount": "60.50", "contract_number": "7/26"}
    said = shop.post("receivables", {"receivables": [owed], "whole": True})
    sums = [{"amount": "60.50", "currency": "RUB"}]
    assert said.body == {"companies": [{"company_id": company.pk, "overdue": sums}]}
    (stopped,) = shop.get("stops?standing=true").body["items"]
    assert (stopped["why"], stopped["contract_id"]) == ("debt", contract.pk)
    for wrong in ({"inn": "123"}, {"contract_number": "8"}, {"open_amount": "100.01"}):
        both = [{**owed, "document": "A-2"}, {**owed, **wrong}]
        assert shop.post("receivables", {"receivables": both}).status == 422
    (kept,) = shop.get(f"receivables?company_id={company.pk}").body["items"]
    assert (kept["document"], kept["open_amount"]) == ("A-1", "60.50")
    paid = {**row, "document": "A-3", "open_amount": "0"}
    shop.post("receivables", {"receivables": [paid], "whole": True})
    assert shop.get("stops?standing=true").body["items"] == []
    by_hand = {"company_id": company.pk, "blocks": ["contract"], "words": "Ask first"}
    one = made(shop.post("stops", by_hand))
    narrow = Machine(token=issued(["debts:write"], at=cast.at).token)
    assert narrow.put(f"stops/{one}/lifting", {"words": "Paid"}).status == 403
    assert shop.put(f"stops/{one}/lifting", {"words": "Paid"}).body["lifted_words"] == "Paid"


def test_contracts_packages_and_the_coverage_of_a_ticket_are_read(
    cast: Cast, shop: Machine, lifts: Machine
) -> None:
    company = agreements.company()
    contract = agreements.contract(company, cast.at)
    package = agreements.package(contract, cast.at)
    (draft,) = shop.get("contracts?in_force=false").body["items"]
    assert (draft["id"], draft["state"]) == (contract.pk, "draft")
    other = agreements.in_force(company, cast.at, number="2")
    (holding,) = shop.get(f"contracts?company_id={company.pk}&in_force=true").body["items"]
    assert (holding["id"], holding["state"], holding["termination"]) == (
        other.pk,
        "in_force",
        None,
    )
    (version,) = shop.get(f"contracts/{other.pk}/versions").body["items"]
    assert [each["clause"] for each in version["lines"]] == ["2.1"]
    (left,) = shop.get(f"contracts/{contract.pk}/packages").body["items"]
    assert (left["id"], left["left"]) == (package.pk, "10.00")
    number = cast.ticket().number
    assert shop.get(f"tickets/{number}/coverage").body["verdict"] is None
    body = {"company_id": company.pk, "site_id": None}
    changed = shop.patch(f"tickets/{number}", body)
    assert changed.body["company_id"] == company.pk, changed.body
    settle([number], by=SYSTEM, at=cast.at)
    said = shop.get(f"tickets/{number}/coverage").body
    assert (said["verdict"], said["decisions"][0]["contract_id"]) == ("covered", other.pk)
    assert lifts.get(f"tickets/{number}/coverage").status == 404


def test_a_ticket_is_about_equipment_of_its_company_only(cast: Cast, shop: Machine) -> None:
    things = make_equipment(cast.at)
    asset, path = things.asset(), f"tickets/{cast.ticket().number}"
    said = shop.patch(path, {"asset_id": asset.pk}).body
    assert (said["company_id"], said["site_id"]) == (things.chain.pk, things.north.pk)
    foreign = shop.patch(path, {"company_id": things.other.pk, "asset_id": asset.pk})
    assert (foreign.status, foreign.body["code"]) == (422, "foreign-asset")
    assert shop.patch(path, {"company_id": None}).body["asset_id"] is None
    assert Ticket.objects.get().company is None


@pytest.mark.parametrize("noun", ["companies", "sites", "contacts", "assets", "contracts", "stops"])
def test_a_key_without_the_scope_reads_none_of_it(noun: str, cast: Cast) -> None:
    narrow = Machine(token=issued(["tickets:write"], at=cast.at).token)
    assert narrow.get(noun).status == 403
