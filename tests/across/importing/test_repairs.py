"""Repairs of the past from a file: bad rows are named, nothing twice, statistics count them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from ambidesk.across.importing.clients import exporting
from ambidesk.across.importing.clients.manner import USUAL, Manner, read_manner
from ambidesk.across.importing.clients.refusals import NotACurrency
from ambidesk.across.importing.clients.sheets import Sheet
from ambidesk.across.importing.clients.taking_in import Report, take_in
from ambidesk.across.importing.rules.refusals import NotToml, UnknownKey, WrongValue
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.assets.arranging import arrange_code
from ambidesk.service.assets.models import Asset, CodeKind, Reading, Repair
from ambidesk.service.assets.statistics import figures_of_model
from tests.service.assets.equipment import Equipment, make_equipment

pytestmark = pytest.mark.django_db
HEAD = "serial;model;date;repaired;kind;mode;note;cost;currency;hours;meter;reading;unit;number"


@pytest.fixture
def equipment(db: None, at: object) -> Equipment:
    made = make_equipment(at)  # type: ignore[arg-type]
    arrange_code(
        None,
        kind=CodeKind.MODE,
        code="LEK",
        name="Leaks",
        asset_class=made.kind,
        by=SYSTEM,
        at=made.at,
    )
    return made


def taken(
    equipment: Equipment,
    *rows: str,
    head: str = HEAD,
    dry_run: bool = False,
    manner: Manner = USUAL,
) -> Report:
    content = BytesIO("\n".join([head, *rows]).encode())
    return take_in(
        content, Sheet.REPAIRS, dry_run=dry_run, manner=manner, by=SYSTEM, at=equipment.at
    )


GOOD = "F-1;;2024-05-01;02.05.2024;failure;lek;Pipe soldered;1 250,50;RUB;2,5;Hours;1200;h;WO-7"


def test_a_dry_run_names_each_bad_row_and_writes_nothing(equipment: Equipment) -> None:
    equipment.asset()
    equipment.asset("N-1", installed_on=date(2025, 1, 1))
    equipment.asset("S-1")
    equipment.asset("S-1", model=equipment.polar)
    report = taken(
        equipment,
        GOOD,
        "Z-9;;2024-05-01;;;;;;;;;;;",
        "S-1;;2024-05-01;;;;;;;;;;;",
        "S-1;P200;2024-05-01;;;;;;;;;;;",
        "F-1;;2024-02-30;;;;;;;;;;;",
        "F-1;;2199-01-01;;;;;;;;;;;",
        "F-1;;;;;;;;;;;;;",
        "F-1;;2024-05-01;2024-04-01;;;;;;;;;;",
        "F-1;;2024-05-01;;t swing;;;;;;;;;",
        "F-1;;2024-05-01;;;NOP;;;;;;;;",
        "F-1;;2024-05-01;;;;;much;;;;;;",
        "F-1;;2024-05-01;;;;;5;RUBLES;;;;;",
        "F-1;;2024-05-01;;;;;;;-3;;;;",
        "F-1;;2024-05-01;;;;;;;;;77;;",
        "N-1;;2024-05-01;;;;;;;;;;;",
        "F-1;;2024-06-01;;;;;;;;;;;WO-7",
        dry_run=True,
    )
    assert {(each.line, each.column, type(each.why).__name__) for each in report.problems} == {
        (3, "serial", "NoSuchAsset"),
        (4, "serial", "SeveralAssets"),
        (6, "date", "NotADay"),
        (7, "date", "NotYet"),
        (8, "date", "Missing"),
        (9, "repaired", "RepairedAtNoTime"),
        (10, "kind", "NoSuchKind"),
        (11, "mode", "NoSuchFailureCode"),
        (12, "cost", "NotAnAmount"),
        (13, "currency", "NotACurrency"),
        (14, "hours", "NotAQuantity"),
        (15, "meter", "Missing"),
        (16, "date", "BeforeInstalled"),
        (17, "number", "Twice"),
    }
    assert (report.rows, report.new, report.held) == (16, 2, 14)
    assert not Repair.objects.exists()


def test_a_row_becomes_a_repair_with_its_code_cost_hours_and_meter(equipment: Equipment) -> None:
    asset = equipment.asset()
    assert taken(equipment, GOOD).new == 1
    row = Repair.objects.get()
    assert (row.asset, row.failed_at.date(), row.is_failure) == (asset, date(2024, 5, 1), True)
    assert row.mode is not None
    assert (row.mode.name, row.note) == ("Leaks", "Pipe soldered")
    assert (row.cost, row.currency, row.labour_minutes) == (Decimal("1250.50"), "RUB", 150)
    shown = Reading.objects.get()
    assert (shown.meter.name, shown.meter.unit, shown.value) == ("Hours", "h", 1200)
    # It was there by then: its time without failures counts from that day.
    asset.refresh_from_db()
    assert asset.known_since == date(2024, 5, 1)
    figures = figures_of_model(equipment.frosty, by=SYSTEM, at=equipment.at)
    assert figures.whole.seen.events == 1
    assert figures.whole.seen.time == pytest.approx(
        (equipment.at.date() - date(2024, 4, 30)).days / 365.25
    )


def test_the_same_file_and_a_longer_one_bring_nothing_twice(equipment: Equipment) -> None:
    equipment.asset()
    twin = "F-1;;2024-07-01;;planned;;Cleaned;500;;;;;;"
    first = taken(equipment, GOOD, twin, twin)
    assert (first.new, first.held) == (3, 0)
    again = taken(equipment, GOOD, twin, twin)
    assert (again.new, again.unchanged) == (0, 3)
    longer = taken(equipment, GOOD, twin, twin, twin, "F-1;;2024-08-01;;;;;;;;;;;")
    assert (longer.new, longer.unchanged) == (2, 3)
    assert sum(row.cost for row in Repair.objects.all()) == Decimal("2750.50")
    assert Reading.objects.count() == 1
    otherwise = taken(equipment, GOOD.replace("2024-05-01", "2024-05-02"))
    assert [(p.column, type(p.why).__name__) for p in otherwise.problems] == [
        ("number", "ToldOtherwise")
    ]


def test_a_mapping_says_how_another_system_speaks(equipment: Equipment) -> None:
    equipment.asset()
    manner = read_manner(
        b'currency = "AUD"\n[columns]\nserial = "Unit"\ndate = "Day"\nkind = "PM"\ncost = "Paid"\n'
        b'[kinds]\nfailures = ["PM01"]\nothers = ["PM02"]\n',
        Sheet.REPAIRS,
    )
    rows = ("F-1;2024-05-01;PM01;10.5", "F-1;2024-06-01;pm02;-3", "F-1;2024-06-02;failure;1")
    report = taken(equipment, *rows, head="Unit;Day;PM;Paid", manner=manner)
    assert [(each.line, each.column) for each in report.problems] == [(4, "kind")]
    found = Repair.objects.order_by("failed_at").values_list("is_failure", "cost", "currency")
    assert list(found) == [(True, Decimal("10.50"), "AUD"), (False, Decimal("-3.00"), "AUD")]


@pytest.mark.parametrize(
    "text, why",
    [
        (b"columns = [", NotToml),
        (b'colour = "red"', UnknownKey),
        (b'[columns]\ncolour = "red"', UnknownKey),
        (b"[columns]\nserial = 5", WrongValue),
        (b'[kinds]\nfailures = "PM01"', WrongValue),
        (b"kinds = 5", WrongValue),
        (b'currency = "dollars"', NotACurrency),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(text: bytes, why: type[Exception]) -> None:
    with pytest.raises(why):
        read_manner(text, Sheet.REPAIRS)


def test_what_is_exported_comes_back_unchanged(equipment: Equipment) -> None:
    equipment.asset()
    taken(equipment, GOOD)
    content = BytesIO(exporting.as_csv(Sheet.REPAIRS, by=SYSTEM))
    report = take_in(content, Sheet.REPAIRS, dry_run=True, by=SYSTEM, at=equipment.at)
    assert (report.rows, report.unchanged, report.problems) == (1, 1, ())
    other = equipment.asset("F-2")
    Asset.objects.filter(pk=other.pk).update(company=equipment.other, site=None)
    foreign = content.getvalue().replace(b"F-1", b"F-2").replace(b"Chain", b"Rival")
    report = take_in(BytesIO(foreign), Sheet.REPAIRS, dry_run=True, by=SYSTEM, at=equipment.at)
    assert [type(each.why).__name__ for each in report.problems] == ["ToldOtherwise"]
