"""Places of the portal beside requests: equipment, contracts, the board, search, the team."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.staff.presenting import present
from ambidesk.parties.stewards.entrusting import entrust
from ambidesk.parties.stewards.models import Duty
from ambidesk.service.assets.models import Asset
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.clients import PIXEL, Clients, make_clients
from tests.edge.web.conftest import Enter
from tests.ground.files.photos import label, matrix, rotated, saved, wall
from tests.service.assets.equipment import make_equipment

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies."""
    return make_clients(cast)


@pytest.fixture
def freezers(clients: Clients) -> tuple[Asset, Asset]:
    """One in the shop of the north, one in that of the south."""
    made = make_equipment(clients.cast.at)
    here, there = made.asset(), made.asset(serial="S-2")
    for row, site in ((here, clients.north_shop), (there, clients.south_shop)):
        Asset.objects.filter(pk=row.pk).update(company=clients.chain, site=site)
    return here, there


def test_equipment_is_that_of_own_sites_and_a_label_leads_to_it(
    clients: Clients, enter: Enter, freezers: tuple[Asset, Asset]
) -> None:
    here, there = freezers
    browser = enter(clients.user(clients.shopkeeper))
    page = browser.get("/portal/equipment/").content.decode()
    assert here.serial in page
    assert there.serial not in page
    assert browser.get(f"/portal/equipment/{here.pk}/").status_code == 200
    assert browser.get(f"/portal/equipment/{there.pk}/").status_code == 404
    address = f"/portal/equipment/{here.pk}/"
    for code in (f"http://desk.example/a/{here.token}", here.token, here.serial):
        assert browser.get("/portal/scan/", {"code": code})["Location"] == address
    for code in (there.token, there.serial, "nothing"):
        answer = browser.get("/portal/scan/", {"code": code})
        assert "We know no equipment" in answer.content.decode()
        assert "camera=(self)" in answer["Permissions-Policy"]
    assert browser.get(f"/a/{here.token}")["Location"] == address


def sent(seen: Image.Image) -> SimpleUploadedFile:
    return SimpleUploadedFile("label.jpg", saved(seen), "image/jpeg")


def test_a_photo_of_a_label_leads_to_what_one_sees_and_tells_nothing_of_the_rest(
    clients: Clients, enter: Enter, freezers: tuple[Asset, Asset]
) -> None:
    here, there = freezers
    browser = enter(clients.user(clients.shopkeeper))
    ours, theirs = (label(f"http://desk.example/a/{row.token}") for row in freezers)
    address = f"/portal/equipment/{here.pk}/"
    for seen in (rotated(wall(ours), 20), wall(matrix(here.serial)), wall(ours, theirs)):
        answer = browser.post("/portal/scan/", {"photo": sent(seen)})
        assert answer["Location"] == address
    foreign = browser.post("/portal/scan/", {"photo": sent(wall(theirs))})
    unknown = browser.post("/portal/scan/", {"photo": sent(wall(label("nothing")))})
    for answer in (foreign, unknown):
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "We know no equipment of yours by the label on the photo." in page
        assert there.serial not in page
    nothing = browser.post("/portal/scan/", {"photo": sent(wall())})
    assert "No code can be made out" in nothing.content.decode()
    Asset.objects.filter(pk=there.pk).update(site=clients.north_shop)
    two = browser.post("/portal/scan/", {"photo": sent(wall(ours, theirs))})
    assert "labels of several things" in two.content.decode()
    broken = SimpleUploadedFile("label.jpg", b"<svg/>", "image/jpeg")
    refused = browser.post("/portal/scan/", {"photo": broken})
    assert "no photo that can be read" in refused.content.decode()


def test_in_a_new_request_a_photo_of_the_label_says_what_it_is_about(
    clients: Clients, enter: Enter, freezers: tuple[Asset, Asset]
) -> None:
    here, there = freezers
    kind = RequestType.objects.create(name="Repair")
    browser = enter(clients.user(clients.shopkeeper))
    address = f"/portal/new/{kind.pk}"
    photo = wall(label(f"http://desk.example/a/{here.token}"))
    typed = {"text": "It is warm", "key": "k" * 22, "place": ""}
    read = browser.post(address, {**typed, "read": "1", "photo": sent(photo)})
    page = read.content.decode()
    assert read.status_code == 200
    assert f'name="asset" value="{here.pk}"' in page
    assert f'value="site-{clients.north_shop.pk}" selected' in page
    assert "It is warm" in page
    assert not Ticket.objects.filter(asset=here).exists()
    foreign = wall(label(there.token))
    refused = browser.post(address, {**typed, "photo": sent(foreign)})
    assert refused.status_code == 422
    assert "We know no equipment of yours" in refused.content.decode()
    place = f"site-{clients.north_shop.pk}"
    browser.post(address, {**typed, "place": place, "photo": sent(photo)})
    assert Ticket.objects.get(asset=here).site == clients.north_shop


def test_a_fault_is_reported_once_whatever_is_tapped_twice(
    clients: Clients, enter: Enter, freezers: tuple[Asset, Asset]
) -> None:
    here, there = freezers
    kind = RequestType.objects.create(name="Repair")
    browser = enter(clients.user(clients.shopkeeper))
    form = browser.get(f"/portal/new/{kind.pk}?asset={here.pk}").content.decode()
    key = form.split('name="key" value="')[1].split('"')[0]
    said = {
        "place": f"site-{clients.north_shop.pk}",
        "text": "It is warm",
        "asset": here.pk,
        "key": key,
    }
    answers = [browser.post(f"/portal/new/{kind.pk}", said) for _tap in range(2)]
    ticket = Ticket.objects.get()
    assert {each["Location"] for each in answers} == {f"/portal/requests/{ticket.number}/"}
    assert ticket.asset == here
    words = {"text": "Come soon", "key": "k" * 22}
    for _tap in range(2):
        browser.post(f"/portal/requests/{ticket.number}/", words)
    assert Message.objects.filter(text="Come soon").count() == 1
    # What somebody does not see is nothing that a request could be about.
    other = {**said, "asset": there.pk, "key": "o" * 22}
    browser.post(f"/portal/new/{kind.pk}", other)
    assert Ticket.objects.latest("pk").asset is None
    found = browser.get("/portal/search/?q=warm").content.decode()
    assert f"#{ticket.number}" in found


def test_contracts_are_for_whoever_may_be_told_of_them(clients: Clients, enter: Enter) -> None:
    director = enter(clients.user(clients.director))
    page = director.get("/portal/contracts/").content.decode()
    assert "Invoices" in page
    Authority.objects.filter(contact=clients.director).update(told=["contract"])
    assert "Invoices" not in director.get("/portal/contracts/").content.decode()
    assert enter(clients.user(clients.manager)).get("/portal/contracts/").status_code == 404


def test_the_board_counts_what_is_open_in_the_territory(clients: Clients, enter: Enter) -> None:
    late = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    clients.ask(clients.director, "Door is stuck", clients.south_shop)
    Ticket.objects.filter(pk=late.pk).update(due_at=clients.cast.at)
    page = enter(clients.user(clients.manager)).get("/portal/board/").content.decode()
    assert "Shop North" in page
    assert "overdue: 1" in page
    assert "Shop South" not in page
    assert enter(clients.user(clients.shopkeeper)).get("/portal/board/").status_code == 404


def test_more_colleagues_are_no_more_questions(clients: Clients, enter: Enter) -> None:
    browser = enter(clients.user(clients.manager))
    browser.get("/portal/colleagues/")
    counted = []
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/portal/colleagues/").status_code == 200
        counted.append(len(asked))
        for each in range(5):
            caller = Caller(kind=IdentityKind.EMAIL, value=f"n{number}{each}@chain.example")
            person = meet(caller, by=SYSTEM, at=clients.cast.at).person
            at = clients.cast.at
            appoint(clients.chain, person, since=at.date(), by=SYSTEM, at=at)
    assert counted[0] == counted[1]


def test_a_face_of_the_team_is_shown_to_its_own_company_only(
    clients: Clients, enter: Enter
) -> None:
    cast, by, at = clients.cast, SYSTEM, clients.cast.at
    helper = present(cast.olga, post="Engineer", qualification="", photo=PIXEL, by=by, at=at)
    entrust(clients.chain, helper, duty=Duty.ENGINEER, since=at.date(), by=by, at=at)
    present(cast.ivan, post="", qualification="", photo=PIXEL, by=by, at=at)
    browser = enter(clients.user(clients.shopkeeper))
    address = f"/portal/team/{helper.pk}/photo"
    assert f'src="{address}"' in browser.get("/portal/team/").content.decode()
    shown = browser.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert browser.get(f"/portal/team/{cast.ivan.pk}/photo").status_code == 404
    assert enter(clients.user(clients.owner)).get(address).status_code == 404


def test_the_portal_can_be_installed(clients: Clients, enter: Enter) -> None:
    manifest = enter(clients.user(clients.seller)).get("/portal/manifest.json").json()
    pictures = [each for each in manifest["icons"] if each["type"] == "image/png"]
    sizes = {(each["sizes"], each["purpose"]) for each in pictures}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= sizes
    for each in pictures:
        found = finders.find(each["src"].removeprefix("/static/"))
        assert found, each
        width = int.from_bytes(Path(found).read_bytes()[16:20], "big")
        assert each["sizes"] == f"{width}x{width}"
