"""Equipment on the screen: found, read, moved, judged; a scanned label reports a fault about it."""

import re
from datetime import date, datetime, timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from ambidesk.edge.web.workspace.assets import labels
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.assets.labelling import asset_of_label
from ambidesk.service.assets.models import Asset, AssetModel
from ambidesk.service.assets.registering import renew_label
from ambidesk.support.channels.webform import guarding, taking_in
from ambidesk.support.channels.webform.connecting import WebForm, connect_form
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.ground.files.photos import label, rotated, saved, wall
from tests.service.assets.equipment import Equipment, make_equipment

pytestmark = pytest.mark.django_db


@pytest.fixture
def equipment(cast: Cast) -> Equipment:
    return make_equipment(cast.at)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
    monkeypatch.setattr(guarding, "SHORTEST", timedelta(0))


def test_equipment_is_found_read_and_moved(olga: Client, equipment: Equipment) -> None:
    asset = equipment.asset("F-77", place="Hall")
    equipment.asset("Z-1", model=equipment.polar)
    listed = olga.get("/assets/?q=f-7").content.decode()
    assert "F-77" in listed
    assert "Z-1" not in listed
    olga.post(f"/assets/{asset.pk}/readings", {"meter": "Hours", "unit": "h", "value": "12,5"})
    olga.post(f"/assets/{asset.pk}/moves", {"site": equipment.south.pk, "place": "Cellar"})
    page = olga.get(f"/assets/{asset.pk}").content.decode()
    assert "12.5 h" in page
    assert "North · Hall → South · Cellar" in page
    refused = olga.post(f"/assets/{asset.pk}/moves", {"site": equipment.foreign.pk})
    assert refused.status_code == 404


def test_a_photo_of_a_label_opens_the_equipment_for_whoever_sees_it(
    olga: Client, equipment: Equipment
) -> None:
    asset = equipment.asset("F-77")

    def sent(code: str) -> HttpResponse:
        photo = SimpleUploadedFile("label.jpg", saved(rotated(wall(label(code)), 12)))
        return olga.post("/assets/photo", {"photo": photo})

    assert sent(f"http://desk.example/a/{asset.token}")["Location"] == f"/assets/{asset.pk}"
    refused = sent("nobody")
    assert refused.status_code == 422
    assert "We know no equipment of yours" in refused.content.decode()


def test_a_model_shows_its_rate_with_an_interval_and_the_list_behind(
    olga: Client, admin: Client, equipment: Equipment
) -> None:
    for number in range(3):
        equipment.failure(equipment.asset(f"F-{number}"), date(2025, 3 + number, 1))
    equipment.asset("P-1", model=equipment.polar)
    model = equipment.frosty
    page = olga.get(f"/assets/models/{model.pk}").content.decode()
    assert re.search(r"Failures a year.*?0\.\d+ – ", page, re.DOTALL)
    behind = olga.get(f"/assets/repairs?model={model.pk}").content.decode()
    assert behind.count('class="line-name"') == 3
    words = {"ends_cover": "on", "reason": "Leaks"}
    assert olga.post(f"/assets/models/{model.pk}/decisions", words).status_code == 404
    admin.post(f"/assets/models/{model.pk}/decisions", words)
    assert not AssetModel.objects.get(pk=model.pk).may_be_covered


def test_a_ticket_is_given_equipment_on_its_card(
    cast: Cast, olga: Client, equipment: Equipment
) -> None:
    ticket, asset = cast.ticket(), equipment.asset("F-9")
    equipment.failure(asset, note="Compressor")
    url = f"/tickets/{ticket.number}/asset"
    assert "F-9" in olga.get(f"{url}?choose=1&q=F-9").content.decode()
    shown = olga.post(f"{url}/choice", {"asset": asset.pk}).content.decode()
    assert "Compressor" in shown
    assert Ticket.objects.get(pk=ticket.pk).asset == asset
    olga.delete(f"{url}/choice")
    assert Ticket.objects.get(pk=ticket.pk).asset is None


def test_labels_are_printed_as_pdf(olga: Client, equipment: Equipment) -> None:
    answer = olga.get(f"/assets/labels?asset={equipment.asset().pk}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_labels_do_not_lead_to_a_form_that_is_switched_off(cast: Cast) -> None:
    manner = FormManner(title={"en": "A fault", "ru": "Неисправность"})
    wanted = WebForm(
        brand=cast.shop,
        team=cast.shop_team,
        request_type=None,
        name="Faults",
        address="fault",
        manner=manner,
    )
    connect_form(None, wanted, by=SYSTEM, at=cast.at)
    assert labels._origin() == cast.shop.origin
    Channel.objects.update(enabled=False)
    assert labels._origin() == settings.BASE_URL.rstrip("/")


def test_a_scanned_label_opens_the_asset_for_staff_and_a_form_that_knows_it_for_others(
    cast: Cast, olga: Client, equipment: Equipment, at: datetime
) -> None:
    asset = equipment.asset("SECRET-4711", place="Back room")
    manner = FormManner(title={"en": "A fault", "ru": "Неисправность"})
    wanted = WebForm(
        brand=cast.shop,
        team=cast.shop_team,
        request_type=None,
        name="Faults",
        address="fault",
        manner=manner,
    )
    connect_form(None, wanted, by=SYSTEM, at=cast.at)
    assert olga.get(f"/a/{asset.token}")["Location"] == f"/assets/{asset.pk}"
    stranger = Client()
    page = stranger.get(f"/a/{asset.token}", headers={"accept-language": "en"}).content.decode()
    assert "Frosty F100" in page
    assert "SECRET" not in page
    assert "Chain" not in page
    assert "North" not in page
    form = stranger.get(f"/forms/fault?asset={asset.token}&language=en").content.decode()
    typed = _hidden(form) | {"text": "It is warm inside", "email": "pavel@example.org"}
    assert typed["asset"] == asset.token
    sent = stranger.post("/forms/fault?language=en", typed | _worked(typed["challenge"]))
    assert sent.status_code == 200
    taking_in.run_once()
    ticket = Ticket.objects.get(subject="It is warm inside")
    assert (ticket.asset, ticket.company, ticket.site) == (asset, equipment.chain, equipment.north)
    renew_label(Asset.objects.get(pk=asset.pk), by=SYSTEM, at=at)
    assert stranger.get(f"/a/{asset.token}").status_code == 404


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def _worked(token: str) -> dict[str, str]:
    bits, number = int(token.split(".")[2]), 0
    while int.from_bytes(sha256(f"{token}:{number}".encode()).digest()) >> (256 - bits):
        number += 1
    return {"solution": str(number)}


def test_a_label_offers_forms_of_the_brand_only_that_serves_the_company(
    cast: Cast, equipment: Equipment
) -> None:
    for brand, team, address in (
        (cast.shop, cast.shop_team, "shop-fault"),
        (cast.lifts, cast.lift_team, "lift-fault"),
    ):
        wanted = WebForm(
            brand=brand,
            team=team,
            request_type=None,
            name="Faults",
            address=address,
            manner=FormManner(title={"en": "A fault"}),
        )
        connect_form(None, wanted, by=SYSTEM, at=cast.at)
    asset = equipment.asset("F-1")
    attribute(cast.ticket(), company=equipment.chain, site=None, by=SYSTEM, at=cast.at)
    page = Client().get(f"/a/{asset.token}").content.decode()
    assert "/forms/shop-fault" in page
    assert "/forms/lift-fault" not in page


def test_a_label_of_letters_that_no_token_has_is_not_there(db: None) -> None:
    assert asset_of_label("\0") is None
    assert asset_of_label("a\n") is None
    assert Client().get("/a/%00").status_code == 404
