"""A ticket by hand: the caller is known while somebody types, nothing typed is lost."""

import pytest
from django.test import Client

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Company, Site
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.service.assets.arranging import arrange_class, arrange_model
from ambidesk.service.assets.models import Asset, AssetClass, AssetModel
from ambidesk.service.assets.registering import Wanted
from ambidesk.service.assets.registering import register as register_asset
from ambidesk.support.tickets.models import State, Ticket
from tests.cast import Cast
from tests.clients import Clients, make_clients
from tests.edge.web.workspace.conftest import HTMX, text_of


def test_a_caller_is_found_by_a_part_of_name_or_address(olga: Client, cast: Cast) -> None:
    cast.ticket()
    for typed in ("petro", "anna@ex", "Anna"):
        found = text_of(olga.get("/callers", {"q": typed}, headers=HTMX))
        assert 'data-value="anna@example.org"' in found


def test_nobody_finds_persons_of_brands_they_do_not_serve(lev: Client, cast: Cast) -> None:
    cast.ticket()
    assert "anna" not in text_of(lev.get("/callers", {"q": "petrova"}, headers=HTMX))
    assert "Anna" not in text_of(lev.get("/callers/one", {"address": "anna@example.org"}))


def test_a_known_caller_is_shown_with_what_they_asked_before(olga: Client, cast: Cast) -> None:
    cast.ticket(subject="Blue parcel")
    shown = text_of(olga.get("/callers/one", {"address": "ANNA@example.org"}, headers=HTMX))
    assert "Anna Petrova" in shown
    assert "Blue parcel" in shown


def test_a_request_by_phone_becomes_a_ticket_of_mine_with_what_was_said(
    olga: Client, cast: Cast
) -> None:
    typed = {
        "brand": cast.shop.pk,
        "address": "+7 999 123-45-67",
        "name": "Pyotr",
        "subject": "Lamp is broken",
        "text": "Since yesterday",
        "priority": 2,
        "mine": "on",
    }
    opened = olga.post("/tickets/new", typed)
    ticket = Ticket.objects.get()
    assert opened.headers["Location"] == f"/tickets/{ticket.number}"
    assert ticket.assignee == cast.olga
    assert ticket.requester.name == "Pyotr"
    assert ticket.state in {State.NEW, State.OPEN}
    assert "Since yesterday" in text_of(olga.get(f"/tickets/{ticket.number}"))


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    olga: Client, cast: Cast
) -> None:
    typed = {"brand": cast.shop.pk, "address": "nobody", "subject": "Kept words", "priority": 2}
    page = olga.post("/tickets/new", typed)
    assert page.status_code == 422
    assert "neither an e-mail nor a phone number" in text_of(page)
    assert "Kept words" in text_of(page)


@pytest.fixture
def made(cast: Cast) -> Clients:
    return make_clients(cast)


def _freezer(made: Clients, company: Company, serial: str, site: Site) -> Asset:
    by, at = SYSTEM, made.cast.at
    kind = AssetClass.objects.first() or arrange_class(None, name="Freezers", by=by, at=at)
    model = AssetModel.objects.first() or arrange_model(
        None, kind=kind, vendor="Cold", name="C1", by=by, at=at
    )
    wanted = Wanted(serial=serial, model=model, site=site)
    return register_asset(company, wanted, known_since=at.date(), by=by, at=at)


def _typed(made: Clients, **more: object) -> dict[str, object]:
    address = Identity.objects.get(person=made.seller.person_id).value
    words = {"address": address, "subject": "It is warm", "priority": 2, "company": ""}
    return {"brand": made.cast.shop.pk, **words, **more}


def test_for_whom_a_contact_asks_is_proposed_and_can_be_said_otherwise(
    admin: Client, made: Clients
) -> None:
    typed = _typed(made)
    shown = text_of(admin.get("/callers/one", {"address": typed["address"]}, headers=HTMX))
    chain = f'name="company" value="{made.chain.pk}" form="new-ticket" checked'
    assert chain in shown
    assert made.house.name not in shown
    appoint(made.house, made.seller.person, since=made.cast.at.date(), by=SYSTEM, at=made.cast.at)
    shown = text_of(admin.get("/callers/one", {"address": typed["address"]}, headers=HTMX))
    assert made.house.name in shown
    assert chain not in shown
    for company in (made.chain, made.house):
        admin.post("/tickets/new", {**typed, "company": company.pk})
        assert Ticket.objects.latest("pk").company == company
    admin.post("/tickets/new", typed)
    assert Ticket.objects.latest("pk").company is None


def test_equipment_of_the_callers_company_is_proposed_and_brings_its_site(
    admin: Client, made: Clients
) -> None:
    ours = _freezer(made, made.chain, "CH-17", made.north_shop)
    _freezer(made, made.house, "HO-17", made.house_site)
    typed = _typed(made)
    asked = {"q": "", "with": typed["address"]}
    proposed = text_of(admin.get("/callers/equipment", asked, headers=HTMX))
    assert "CH-17" in proposed
    assert "HO-17" not in proposed
    assert "HO-17" in text_of(admin.get("/callers/equipment", {"q": "HO"}, headers=HTMX))
    # Of the shops that one answers for goes first, though it is older.
    _freezer(made, made.chain, "CH-18", made.south_shop)
    shopkeeper = Identity.objects.get(person=made.shopkeeper.person_id, kind=IdentityKind.EMAIL)
    asked = {"q": "", "with": shopkeeper.value}
    proposed = text_of(admin.get("/callers/equipment", asked, headers=HTMX))
    assert proposed.index("CH-17") < proposed.index("CH-18")
    for words in (f"Cold C1 CH-17 #{ours.pk}", "ch-17"):
        admin.post("/tickets/new", {**typed, "company": made.chain.pk, "asset": words})
        ticket = Ticket.objects.latest("pk")
        assert (ticket.company, ticket.site, ticket.asset) == (made.chain, made.north_shop, ours)


def test_equipment_that_nobody_knows_or_of_others_opens_nothing(
    admin: Client, made: Clients
) -> None:
    theirs = _freezer(made, made.house, "HO-17", made.house_site)
    typed = _typed(made, company=made.chain.pk)
    unknown = admin.post("/tickets/new", {**typed, "asset": "nothing of the kind"})
    foreign = admin.post("/tickets/new", {**typed, "asset": f"HO-17 #{theirs.pk}"})
    assert (unknown.status_code, foreign.status_code) == (422, 422)
    assert "Choose the equipment from what is proposed." in text_of(unknown)
    assert "This equipment belongs to another company." in text_of(foreign)
    assert "It is warm" in text_of(foreign)
    assert f'value="{made.chain.pk}" form="new-ticket" checked' in text_of(foreign)
    assert not Ticket.objects.exists()


def test_a_desk_without_equipment_is_not_asked_for_it(olga: Client, cast: Cast) -> None:
    assert "Which equipment?" not in text_of(olga.get("/tickets/new"))
