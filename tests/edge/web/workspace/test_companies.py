"""Companies on screen: found, read, changed, chosen for a ticket; a person's sides stay apart."""

import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ambidesk.ground.fields.defining import Wanted, define
from ambidesk.ground.fields.rules.spec import Kind, Texts
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import Role
from ambidesk.parties.companies import appointing, incorporating, placing, registering
from ambidesk.parties.companies.erasing import erase_contacts
from ambidesk.parties.companies.models import (
    Card,
    Company,
    Contact,
    Department,
    LegalEntity,
    Site,
    Territory,
)
from ambidesk.support.tickets.attributing import attribute
from tests.cast import Cast, hired

pytestmark = pytest.mark.django_db


def company(cast: Cast, name: str = "North Chain") -> Company:
    return registering.register(None, registering.Profile(name=name), by=SYSTEM, at=cast.at)


def site(cast: Cast, owner: Company, name: str, **facts: object) -> Site:
    place = registering.Place(name=name, **facts)  # type: ignore[arg-type]  # as the test says
    return registering.open_site(owner, place, by=SYSTEM, at=cast.at)


def signed_in(client: Client, cast: Cast, who: str = "admin") -> Client:
    client.force_login(getattr(cast, who).user)
    return client


def test_companies_are_found_by_name_number_and_code_of_a_site(client: Client, cast: Cast) -> None:
    north, south = company(cast), company(cast, "South Chain")
    site(cast, south, "Shop", code="S-17")
    requisites = incorporating.Requisites(name="North LLC", inn="7707083893", kpp="770701001")
    incorporating.enter_entity(north, requisites, by=SYSTEM, at=cast.at)
    signed_in(client, cast, "olga")
    for asked, found, other in (
        ("north", north, south),
        ("7707083893", north, south),
        ("s-17", south, north),
    ):
        page = client.get(reverse("companies"), {"q": asked}).content.decode()
        assert found.name in page
        assert other.name not in page


def test_a_long_list_is_read_on_from_its_last_name(client: Client, cast: Cast) -> None:
    for number in range(60):
        company(cast, f"Chain {number:02}")
    signed_in(client, cast, "olga")
    first = client.get(reverse("companies"))
    assert "Chain 49" in first.content.decode()
    assert "Chain 50" not in first.content.decode()
    rest = client.get(f"{reverse('companies')}?{first.context['page'].more}").content.decode()
    assert "Chain 50" in rest
    assert "Chain 59" in rest
    assert "Chain 49" not in rest


def test_the_page_of_a_company_shows_the_sites_of_a_branch_of_its_territories(
    client: Client, cast: Cast
) -> None:
    north = company(cast)
    region = placing.add(north, "Region", by=SYSTEM, at=cast.at)
    city = placing.add(north, "City", below=region, by=SYSTEM, at=cast.at)
    other = placing.add(north, "Elsewhere", by=SYSTEM, at=cast.at)
    site(cast, north, "Shop in the city", territory=city)
    site(cast, north, "Shop far away", territory=other)
    signed_in(client, cast, "olga")
    page = client.get(reverse("company", args=[north.pk]), {"area": region.pk}).content.decode()
    assert "Shop in the city" in page
    assert "Shop far away" not in page


def test_a_contact_of_two_companies_has_one_page_and_each_company_only_its_own_tickets(
    client: Client, cast: Cast
) -> None:
    north, south = company(cast), company(cast, "South Chain")
    for each in (north, south):
        day = cast.at.date()
        appointing.appoint(each, cast.anna.person, since=day, by=SYSTEM, at=cast.at)
    private = cast.ticket(subject="My own kettle")
    first = cast.ticket(subject="Freezer of the north")
    second = cast.ticket(subject="Door of the south")
    attribute(first, company=north, by=SYSTEM, at=cast.at)
    attribute(second, company=south, by=SYSTEM, at=cast.at)
    signed_in(client, cast, "olga")
    person = client.get(reverse("person", args=[cast.anna.person_id])).content.decode()
    for ticket in (private, first, second):
        assert ticket.subject in person
    for own, strange in ((first, second), (second, first)):
        assert own.refresh_from_db() is None
        page = client.get(reverse("company", args=[own.company_id])).content.decode()
        assert own.subject in page
        assert strange.subject not in page
        assert private.subject not in page


def test_a_ticket_is_proposed_to_the_company_of_its_requester_and_told_its_site(
    client: Client, cast: Cast
) -> None:
    north = company(cast)
    shop = site(cast, north, "Shop 7", code="S7")
    appointing.appoint(north, cast.anna.person, since=cast.at.date(), by=SYSTEM, at=cast.at)
    ticket = cast.ticket()
    signed_in(client, cast, "olga")
    card = client.get(reverse("ticket", args=[ticket.pk])).content.decode()
    assert f'value="company:{north.pk}"' in card
    address = reverse("ticket-client", args=[ticket.pk])
    found = client.get(address, {"q": "s7", "part": "choices"}).content.decode()
    assert f'value="site:{shop.pk}"' in found

    client.post(address, {"client": f"site:{shop.pk}"})

    ticket.refresh_from_db()
    assert (ticket.company, ticket.site) == (north, shop)
    card = client.get(reverse("ticket", args=[ticket.pk])).content.decode()
    assert "Shop 7" in card
    client.post(address, {"client": ""})
    ticket.refresh_from_db()
    assert (ticket.company, ticket.site) == (None, None)


def test_the_map_gets_the_points_of_a_company_and_the_number_of_open_tickets(
    client: Client, cast: Cast
) -> None:
    north, south = company(cast), company(cast, "South Chain")
    point = {"latitude": Decimal("55.5"), "longitude": Decimal("37.25")}
    shop = site(cast, north, "Shop", **point)
    site(cast, south, "Other shop", **point)
    attribute(cast.ticket(), company=north, site=shop, by=SYSTEM, at=cast.at)
    signed_in(client, cast, "olga")
    told = client.get(reverse("company-points", args=[north.pk])).json()
    assert told == {"points": [[shop.pk, 37.25, 55.5, "Shop", 1]]}


def test_tiles_of_a_source_that_was_set_are_let_in_and_nothing_else(
    client: Client, cast: Cast, settings: object
) -> None:
    north = company(cast)
    signed_in(client, cast, "olga")
    address = reverse("company-map", args=[north.pk])
    assert "https://" not in client.get(address)["Content-Security-Policy"]
    settings.MAP_TILES = "https://tiles.example.org/{z}/{x}/{y}.png"  # type: ignore[attr-defined]  # of pytest-django
    assert (
        "connect-src 'self' https://tiles.example.org;"
        in (client.get(address)["Content-Security-Policy"])
    )
    settings.MAP_TILES = "https://x; script-src *//{z}"  # type: ignore[attr-defined]  # of pytest-django
    assert "script-src *" not in client.get(address)["Content-Security-Policy"]


def test_wrong_requisites_are_said_beside_their_field(client: Client, cast: Cast) -> None:
    north = company(cast)
    signed_in(client, cast)
    address = reverse("entity-new", args=[north.pk])
    answer = client.post(address, {"name": "North", "country": "RU", "inn": "7707083894"})
    assert answer.status_code == 422
    assert "7707083894" in str(answer.context["page"].form.errors["inn"])
    assert (
        client.post(address, {"name": "North", "country": "RU", "inn": "7707083893"}).status_code
        == 303
    )
    assert LegalEntity.objects.get(company=north).inn == "7707083893"


def test_companies_sites_and_contacts_are_entered_and_changed(client: Client, cast: Cast) -> None:
    signed_in(client, cast)
    client.post(
        reverse("company-new"), {"name": "Chain", "parent": "", "industry": "Trade", "remark": ""}
    )
    chain = Company.objects.get(name="Chain")
    again = client.post(reverse("company-new"), {"name": "CHAIN"})
    assert again.status_code == 422
    client.post(reverse("site-new", args=[chain.pk]), {"name": "Shop", "zone": "Europe/Moscow"})
    shop = Site.objects.get(company=chain)
    half = client.post(reverse("site-place", args=[shop.pk]), {"name": "Shop", "latitude": "55"})
    assert half.status_code == 422
    new = {"name": "Vera", "address": "vera@example.org", "post": "Clerk", "since": "2026-01-01"}
    client.post(reverse("contact-new", args=[chain.pk]), new)
    vera = Contact.objects.get(company=chain)
    client.post(reverse("contact", args=[vera.pk]), {"post": "Director", "until": "2026-06-01"})
    vera.refresh_from_db()
    assert (vera.post, str(vera.until_on)) == ("Director", "2026-06-01")


def test_a_file_is_checked_first_and_its_good_rows_are_imported(client: Client, cast: Cast) -> None:
    company(cast)
    signed_in(client, cast)
    address = reverse("settings-clients")

    def sent(do: str) -> str:
        file = io.BytesIO(b"company,site,code\nNorth Chain,Shop 1,S1\nNobody,Shop 2,S2\n")
        file.name = "sites.csv"
        answer = client.post(address, {"sheet": "sites", "do": do, "file": file})
        return answer.content.decode()

    page = sent("check")
    assert "Nobody" in page
    assert not Site.objects.exists()
    sent("load")
    assert Site.objects.get().code == "S1"
    assert client.post(address, {"sheet": "sites", "do": "load"}).status_code == 422
    file = client.get(reverse("settings-clients-file", args=["sites", "csv"]))
    assert b"Shop 1" in file.content


def test_files_of_persons_and_equipment_are_only_for_whoever_may_see_those(
    client: Client, cast: Cast
) -> None:
    rights = ["companies.see", "companies.manage"]
    Role.objects.create(key="keeper", name="Keeper", rights=rights)
    client.force_login(hired("Kira Kern", "keeper", None, at=cast.at).user)
    for sheet, status in (("companies", 200), ("sites", 200), ("contacts", 404), ("assets", 404)):
        address = reverse("settings-clients-file", args=[sheet, "csv"])
        assert client.get(address).status_code == status, sheet
        file = io.BytesIO(b"company,name\n")
        file.name = "file.csv"
        sent = client.post(
            reverse("settings-clients"), {"sheet": sheet, "do": "load", "file": file}
        )
        assert (sent.status_code == 404) == (status == 404), sheet


def test_a_tree_of_territories_is_built_renamed_and_moved_without_rings(
    admin: Client, cast: Cast
) -> None:
    owner = company(cast, "Chain of trees")
    new = f"/companies/{owner.pk}/territories/new"
    page = admin.post(new, {"name": "North"})
    assert page["Location"] == f"/companies/{owner.pk}/structure"
    north = Territory.objects.get(company=owner)
    admin.post(new, {"name": "City", "parent": north.pk})
    city = Territory.objects.get(name="City")
    assert city.path == f"{north.pk}.{city.pk}"
    ring = admin.post(f"/territories/{north.pk}", {"name": "North", "parent": city.pk})
    assert ring.status_code == 422
    assert "below itself" in ring.content.decode()
    admin.post(f"/territories/{city.pk}", {"name": "Town"})
    city.refresh_from_db()
    assert (city.name, city.parent, city.path) == ("Town", None, str(city.pk))
    twice = admin.post(new, {"name": "Town"})
    assert "this name here already" in twice.content.decode()
    # Refused is all of it: neither is it moved.
    admin.post(new, {"name": "Town", "parent": north.pk})
    village = Territory.objects.get(name="Town", parent=north)
    refused = admin.post(f"/territories/{village.pk}", {"name": "North"})
    assert refused.status_code == 422
    village.refresh_from_db()
    assert (village.name, village.parent) == ("Town", north)
    # Its old name stands below the new one already, its new name does not.
    moved = admin.post(f"/territories/{village.pk}", {"name": "Village"})
    assert moved.status_code == 303
    village.refresh_from_db()
    assert (village.name, village.parent) == ("Village", None)
    parent = city
    for level in range(2, 11):
        admin.post(new, {"name": f"Level {level}", "parent": parent.pk})
        parent = Territory.objects.get(name=f"Level {level}")
    assert admin.post(new, {"name": "Level 11", "parent": parent.pk}).status_code == 422
    # Moved with all below it, it would be eleven levels too.
    deep = admin.post(f"/territories/{city.pk}", {"name": "Town", "parent": north.pk})
    assert "at most 10 levels" in deep.content.decode()


def test_departments_are_charged_to_cost_centres_and_moved(admin: Client, cast: Cast) -> None:
    owner = company(cast, "Chain of houses")
    new = f"/companies/{owner.pk}/departments/new"
    admin.post(new, {"name": "Operations", "cost_centre": "CC-1"})
    above = Department.objects.get(company=owner)
    admin.post(new, {"name": "Repairs", "cost_centre": "CC-2", "parent": above.pk})
    row = Department.objects.get(name="Repairs")
    page = admin.get(f"/companies/{owner.pk}/structure").content.decode()
    assert "CC-2" in page
    ring = admin.post(f"/departments/{above.pk}", {"name": "Operations", "parent": row.pk})
    assert ring.status_code == 422
    admin.post(f"/departments/{row.pk}", {"name": "Repair", "cost_centre": "CC-3"})
    row.refresh_from_db()
    assert (row.name, row.parent, row.cost_centre) == ("Repair", None, "CC-3")


def test_companies_sites_and_contacts_have_fields_of_the_installation(
    admin: Client, cast: Cast
) -> None:
    owner = company(cast, "Chain of fields")
    place = site(cast, owner, "Shop of fields")
    speaker = appointing.appoint(
        owner, cast.anna.person, since=cast.at.date(), by=SYSTEM, at=cast.at
    )
    tier = define(
        None, wanted=Wanted(kind=Kind.TEXT, label=Texts(en="Tier")), by=SYSTEM, at=cast.at
    )
    floors = define(
        None, wanted=Wanted(kind=Kind.WHOLE, label=Texts(en="Floors")), by=SYSTEM, at=cast.at
    )
    for of in ("company", "site", "contact"):
        admin.post("/settings/cards/new", {"of": of, "asked": [tier.pk, floors.pk]})
    cards = (
        (f"/companies/{owner.pk}/fields", f"/companies/{owner.pk}"),
        (f"/sites/{place.pk}/fields", f"/sites/{place.pk}"),
        (f"/contacts/{speaker.pk}/fields", f"/contacts/{speaker.pk}/authorities"),
    )
    for form, card in cards:
        wrong = admin.post(form, {tier.spec.name: "Gold", floors.spec.name: "many"})
        assert wrong.status_code == 422
        assert "Gold" in wrong.content.decode()
        answer = admin.post(form, {tier.spec.name: "Gold", floors.spec.name: "12"})
        assert answer["Location"] == card
        page = admin.get(card).content.decode()
        assert "Gold" in page
        assert "Floors" in page
    # What is needed is said in the form, or it is not taken.
    for row in Card.objects.all():
        said = {"of": row.of, "asked": [tier.pk], "needed": [floors.pk]}
        admin.post(f"/settings/cards/{row.pk}", said)
        assert set(row.fields.all()) == {tier, floors}
    for form, card in cards:
        assert admin.post(form, {tier.spec.name: "Gold"}).status_code == 422
        answer = admin.post(form, {tier.spec.name: "Gold", floors.spec.name: "7"})
        assert answer["Location"] == card
    # When the person is erased, what was said of them goes.
    erase_contacts(cast.anna.person)
    assert Contact.objects.get(pk=speaker.pk).custom == {}
