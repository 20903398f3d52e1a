"""Equipment by hand: papers and who reads them, own fields of a class, the catalogue."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ambidesk.ground.fields.defining import Wanted, define
from ambidesk.ground.fields.rules.spec import Kind, Texts
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.assets.arranging import arrange_class
from ambidesk.service.assets.models import Asset, AssetClass, AssetModel, Document, FailureCode
from tests.cast import Cast
from tests.clients import Clients, make_clients
from tests.edge.web.conftest import Enter
from tests.edge.web.workspace.conftest import at_most, text_of
from tests.service.assets.equipment import Equipment, make_equipment

pytestmark = pytest.mark.django_db


@pytest.fixture
def equipment(cast: Cast) -> Equipment:
    return make_equipment(cast.at)


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies."""
    return make_clients(cast)


def test_a_paper_is_read_by_clients_only_if_it_is_shown_to_them(
    clients: Clients, equipment: Equipment, olga: Client, enter: Enter
) -> None:
    asset = equipment.asset()
    Asset.objects.filter(pk=asset.pk).update(company=clients.chain, site=clients.north_shop)
    scheme = SimpleUploadedFile("scheme.txt", b"lines of a scheme")
    card = f"/assets/{asset.pk}"
    assert olga.post(f"{card}/documents", {"files": scheme}).status_code == 303
    row = Document.objects.get()
    assert "scheme.txt" in text_of(olga.get(card))
    assert b"".join(olga.get(f"/assets/documents/{row.key}").streaming_content) == (  # type: ignore[attr-defined]
        b"lines of a scheme"
    )
    keeper = enter(clients.user(clients.shopkeeper))
    theirs = f"/portal/documents/{row.key}"
    assert "scheme.txt" not in text_of(keeper.get(f"/portal/equipment/{asset.pk}/"))
    assert keeper.get(theirs).status_code == 404
    shown = {"asset": asset.pk, "for_clients": "1"}
    for _twice in range(2):
        olga.post(f"/assets/documents/{row.key}/audience", shown)
    assert olga.post(f"/assets/documents/{row.key}/audience").status_code == 404
    assert "scheme.txt" in text_of(keeper.get(f"/portal/equipment/{asset.pk}/"))
    assert keeper.get(theirs).status_code == 200
    assert enter(clients.user(clients.owner)).get(theirs).status_code == 404
    olga.post(f"/assets/documents/{row.key}/removal")
    assert keeper.get(theirs).status_code == 404


def test_papers_of_a_model_are_for_who_looks_after_models(
    equipment: Equipment, olga: Client, admin: Client
) -> None:
    asset = equipment.asset()
    address = f"/assets/models/{asset.model_id}/documents"
    manual = {"files": SimpleUploadedFile("manual.txt", b"words"), "for_clients": "on"}
    assert olga.post(address, manual).status_code == 404
    manual["files"] = SimpleUploadedFile("manual.txt", b"words")
    assert admin.post(address, manual).status_code == 303
    assert "manual.txt" in text_of(olga.get(f"/assets/{asset.pk}"))
    assert admin.post(address).status_code == 422


def test_papers_of_a_model_without_equipment_are_opened_by_who_looks_after_models(
    equipment: Equipment, olga: Client, admin: Client
) -> None:
    catalogue = f"/assets/models/{equipment.polar.pk}"
    admin.post(f"{catalogue}/documents", {"files": SimpleUploadedFile("manual.txt", b"words")})
    paper = f"/assets/documents/{Document.objects.get().key}"
    assert f'href="{paper}"' in admin.get(catalogue).content.decode()
    assert admin.get(paper).status_code == 200
    assert olga.get(paper).status_code == 404
    assert admin.post(f"{paper}/audience", {"for_clients": "1"})["Location"] == catalogue
    assert admin.post(f"{paper}/removal").status_code == 303
    assert not Document.objects.exists()


def test_a_class_has_fields_of_its_own_and_its_pieces_say_what_is_in_them(
    equipment: Equipment, cast: Cast, olga: Client
) -> None:
    asset = equipment.asset()
    gas = define(
        None,
        wanted=Wanted(kind=Kind.TEXT, label=Texts(en="Refrigerant")),
        by=SYSTEM,
        at=cast.at,
    )
    power = define(
        None,
        wanted=Wanted(kind=Kind.WHOLE, label=Texts(en="Power")),
        by=SYSTEM,
        at=cast.at,
    )
    kind = asset.model.asset_class
    arrange_class(kind, name=kind.name, fields=(gas, power), by=SYSTEM, at=cast.at)
    address = f"/assets/{asset.pk}/facts"
    assert "Refrigerant" in text_of(olga.get(address))
    said = {
        "model": asset.model_id,
        "serial": asset.serial,
        "criticality": 3,
        gas.spec.name: "R-290",
        power.spec.name: "many",
    }
    refused = olga.post(address, said)
    assert refused.status_code == 422
    assert "R-290" in text_of(refused)
    said[power.spec.name] = "450"
    assert olga.post(address, said)["Location"] == f"/assets/{asset.pk}"
    card = text_of(olga.get(f"/assets/{asset.pk}"))
    assert "R-290" in card
    assert "450" in card
    with at_most(32):
        olga.get(f"/assets/{asset.pk}")
    needed = (gas,)
    arrange_class(kind, name=kind.name, fields=(power,), needed=needed, by=SYSTEM, at=cast.at)
    assert olga.post(address, {**said, gas.spec.name: ""}).status_code == 422
    assert olga.post(address, said).status_code == 303


def test_equipment_of_an_archived_model_and_part_of_a_namesake_is_changed_still(
    equipment: Equipment, olga: Client
) -> None:
    whole = equipment.asset("SAME")
    equipment.asset("SAME", model=equipment.polar)
    asset = equipment.asset("P-1", parent=whole)
    AssetModel.objects.filter(pk=asset.model_id).update(archived_at=equipment.at)
    said = {"model": asset.model_id, "serial": "P-1", "criticality": 2, "parent": "SAME"}
    address = f"/assets/{asset.pk}/facts"
    assert olga.post(address, {**said, "note": "Noisy"}).status_code == 303
    row = Asset.objects.get(pk=asset.pk)
    assert (row.note, row.parent) == ("Noisy", whole)
    unclear = {"model": equipment.polar.pk, "serial": "P-2", "criticality": 2, "parent": "SAME"}
    new = f"/companies/{equipment.chain.pk}/assets/new"
    assert olga.post(new, unclear).status_code == 422
    assert olga.post(new, {**unclear, "parent": "", "model": asset.model_id}).status_code == 422


def test_equipment_is_entered_by_hand_labelled_anew_and_taken_out(
    equipment: Equipment, olga: Client
) -> None:
    company = equipment.chain
    said = {
        "model": equipment.asset().model_id,
        "serial": "NEW-1",
        "site": equipment.north.pk,
        "place": "Hall",
        "criticality": 2,
    }
    address = f"/companies/{company.pk}/assets/new"
    assert olga.post(address, {**said, "site": equipment.foreign.pk}).status_code == 422
    olga.post(address, said)
    made = Asset.objects.get(serial="NEW-1")
    assert (made.company, made.site, made.place) == (company, equipment.north, "Hall")
    assert olga.post(address, said).status_code == 422
    olga.post(f"/assets/{made.pk}/label")
    assert Asset.objects.get(pk=made.pk).token != made.token
    retirement = f"/assets/{made.pk}/retirement"
    for wanted, is_out in (("retire", True), ("restore", False)):
        assert f'value="{wanted}"' in olga.get(f"/assets/{made.pk}").content.decode()
        assert olga.post(retirement, {"wanted": wanted}).status_code == 303
        assert olga.post(retirement, {"wanted": wanted}).status_code == 409
        assert bool(Asset.objects.get(pk=made.pk).retired_on) is is_out


def test_classes_models_and_codes_are_kept_in_the_settings(admin: Client, olga: Client) -> None:
    admin.post("/settings/assetclasses/new", {"name": "Pumps"})
    kind = AssetClass.objects.get(name="Pumps")
    model = {"asset_class": kind.pk, "vendor": "Wilo", "name": "P1"}
    admin.post("/settings/assetmodels/new", model)
    assert AssetModel.objects.get(vendor="Wilo").asset_class == kind
    assert admin.post("/settings/assetmodels/new", model).status_code == 422
    code = {"kind": "mode", "code": "LEK", "name": "Leaks", "asset_class": kind.pk}
    admin.post("/settings/failurecodes/new", code)
    row = FailureCode.objects.get(code="LEK")
    assert "Leaks" in text_of(admin.get("/settings/failurecodes/"))
    admin.post(f"/settings/failurecodes/{row.pk}/archive")
    assert FailureCode.objects.get(pk=row.pk).archived_at
    assert olga.get("/settings/assetclasses/").status_code == 404
