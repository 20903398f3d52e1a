"""Equipment from a file: bad rows are named, the same file twice is once, exports come back."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from ambidesk.across.importing.clients import exporting
from ambidesk.across.importing.clients.sheets import Sheet
from ambidesk.across.importing.clients.taking_in import Report, take_in
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.assets.models import Asset, Criticality, Move
from tests.service.assets.equipment import Equipment, make_equipment

pytestmark = pytest.mark.django_db
HEAD = "company;site;class;vendor;model;serial;place;criticality;installed;warranty;note"


@pytest.fixture
def equipment(db: None, at: object) -> Equipment:
    return make_equipment(at)  # type: ignore[arg-type]


def taken(equipment: Equipment, *rows: str, dry_run: bool = False) -> Report:
    content = BytesIO("\n".join([HEAD, *rows]).encode())
    return take_in(content, Sheet.ASSETS, dry_run=dry_run, by=SYSTEM, at=equipment.at)


def test_a_dry_run_names_each_bad_row_and_writes_nothing(equipment: Equipment) -> None:
    report = taken(
        equipment,
        "Chain;North;Refrigerators;Frosty;F100;A-1;Hall;high;2024-05-01;01.05.2027;",
        "Chain;Abroad;Refrigerators;Frosty;F100;A-2;;;;;",
        "Nobody;;Refrigerators;Frosty;F100;A-3;;;;;",
        "Chain;North;Refrigerators;Frosty;F100;a-1;;;;;",
        "Chain;North;Refrigerators;Frosty;F100;A-5;;urgent;;;",
        "Chain;North;Refrigerators;Frosty;F100;A-6;;;31.02.2024;;",
        "Chain;North;Refrigerators;Frosty;;A-7;;;;;",
        dry_run=True,
    )
    assert {(each.line, each.column, type(each.why).__name__) for each in report.problems} == {
        (3, "site", "NoSuchSite"),
        (4, "company", "NoSuchCompany"),
        (5, "serial", "Twice"),
        (6, "criticality", "NotACriticality"),
        (7, "installed", "NotADay"),
        (8, "model", "Missing"),
    }
    assert (report.rows, report.new, report.held) == (7, 1, 6)
    assert not Asset.objects.exists()


def test_the_same_file_twice_brings_nothing_twice(equipment: Equipment) -> None:
    row = "Chain;North;Lifts;Upward;U2;L-1;Shaft;critical;2024-05-01;2027-05-01;Old"
    assert taken(equipment, row).new == 1
    assert taken(equipment, row).unchanged == 1
    asset = Asset.objects.get()
    assert (str(asset), asset.criticality) == ("Upward U2 L-1", Criticality.CRITICAL)
    assert (asset.warranty_until, asset.site) == (date(2027, 5, 1), equipment.north)
    assert taken(equipment, row.replace("North", "South")).changed == 1
    asset.refresh_from_db()
    assert asset.site == equipment.south
    assert Move.objects.get().from_site == equipment.north
    assert taken(equipment, row.replace("Chain;North", "Other;Abroad")).held == 1


def test_a_file_without_a_column_leaves_what_it_would_say(equipment: Equipment) -> None:
    taken(equipment, "Chain;North;Lifts;Upward;U2;L-1;Shaft;critical;2024-05-01;2027-05-01;Old")
    said = b"company;class;vendor;model;serial;place\nChain;Lifts;Upward;U2;L-1;"
    assets = [(said + b"Shaft", 0), (said + b"Roof", 1)]
    for content, changed in assets:
        report = take_in(BytesIO(content), Sheet.ASSETS, dry_run=False, by=SYSTEM, at=equipment.at)
        assert report.changed == changed
    asset = Asset.objects.get()
    assert (asset.site, asset.place, asset.note) == (equipment.north, "Roof", "Old")
    assert (asset.criticality, asset.warranty_until) == (Criticality.CRITICAL, date(2027, 5, 1))


@pytest.mark.parametrize("how", [exporting.as_csv, exporting.as_xlsx])
def test_what_is_exported_comes_back_unchanged(equipment: Equipment, how: object) -> None:
    equipment.asset("=1+1", place="Hall", warranty_until=date(2027, 1, 1))
    equipment.asset("F-2", installed_on=equipment.at.date() - timedelta(days=900))
    content = BytesIO(how(Sheet.ASSETS, by=SYSTEM))  # type: ignore[operator]
    report = take_in(content, Sheet.ASSETS, dry_run=True, by=SYSTEM, at=equipment.at)
    assert (report.rows, report.unchanged, report.problems) == (2, 2, ())
