"""Own fields in files: a column each, bad cells named, and what is exported comes back."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.across.importing.clients import cells, exporting
from ambidesk.across.importing.clients.own import read, said
from ambidesk.across.importing.clients.refusals import FieldIsAnother
from ambidesk.across.importing.clients.sheets import Sheet
from ambidesk.across.importing.clients.taking_in import Report, take_in
from ambidesk.ground.fields.defining import Choice, Wanted, archive, define
from ambidesk.ground.fields.models import Definition, Option
from ambidesk.ground.fields.rules import values
from ambidesk.ground.fields.rules.spec import Kind, Limits, Texts
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.describing import arrange_card
from ambidesk.parties.companies.models import CardOf, Company, Contact, Site
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.service.assets.arranging import arrange_class
from ambidesk.service.assets.models import Asset
from tests.ground.fields.making import spec
from tests.service.assets.equipment import Equipment, make_equipment

TYPED = (Kind.TEXT, Kind.LONG, Kind.WHOLE, Kind.DECIMAL, Kind.YES, Kind.SEVERAL, Kind.DAY)
ANY = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
# What a sheet programme takes for a formula, and what guards it, begin some of them.
WORDS = st.builds(str.__add__, st.sampled_from(["", "=", "'=", "''-", "+1", ";", "#1 "]), ANY)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\r\n".join)
ANSWERS: Mapping[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: WORDS.map(lambda text: " ".join(text.split())).filter(bool),
    Kind.LONG: LINES.map(str.strip).filter(bool),
    Kind.WHOLE: st.integers(-(10**9), 10**9).map(Decimal),
    Kind.DECIMAL: st.integers(-(10**9), 10**9).map(lambda n: Decimal(n) / 100),
    Kind.YES: st.booleans(),
    Kind.DAY: st.dates(date(1000, 1, 1), date(9998, 12, 31)),
    Kind.INSTANT: st.integers(0, 10**10).map(lambda each: datetime.fromtimestamp(each, UTC)),
    Kind.CHOICE: st.sampled_from([(101,), (102,), (103,)]),
    Kind.SEVERAL: st.sets(st.sampled_from([101, 102, 103]), min_size=1).map(
        lambda keys: tuple(sorted(keys))
    ),
    Kind.TREE: st.sampled_from([(101,), (102,), (103,)]),
}


@given(data=st.data(), kind=st.sampled_from(sorted(ANSWERS)))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_is_written_into_a_cell_is_read_out_of_it(data: st.DataObject, kind: Kind) -> None:
    field, value = spec(kind), data.draw(ANSWERS[kind])
    assert read(field, said(field, values.written(value))) == value


@given(WORDS)
def test_what_guards_against_formulas_comes_off_again(text: str) -> None:
    assert cells._bared(exporting._harmless(text)) == text
    assert not exporting._harmless(text).startswith(("=", "+", "-", "@"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Owning:
    """Clients and equipment, each with all fields."""

    equipment: Equipment
    fields: tuple[Definition, ...]
    rows: tuple[Company | Site | Contact | Asset, ...]

    def keep(self, row: Company | Site | Contact | Asset, custom: Mapping[str, Any]) -> None:
        """What is said of something, whoever said it."""
        type(row).objects.filter(pk=row.pk).update(custom=dict(custom))

    def kept(self) -> list[dict[str, Any]]:
        """What is said of everything."""
        return [dict(type(row).objects.get(pk=row.pk).custom) for row in self.rows]


def wanted(kind: Kind) -> Wanted:
    choices = ("Red", "Blue; dark", "#3") if kind is Kind.SEVERAL else ()
    return Wanted(
        kind=kind,
        label=Texts(en=f"My {kind}", ru=f"Моё {kind}"),
        limits=Limits(digits=2),
        choices=tuple(Choice(label=Texts(en=each)) for each in choices),
    )


@pytest.fixture
def owning(db: None, at: datetime) -> Owning:
    """A chain, its shop, somebody of it and a refrigerator."""
    equipment = make_equipment(at)
    fields = tuple(define(None, wanted=wanted(kind), by=SYSTEM, at=at) for kind in TYPED)
    for of in CardOf:
        arrange_card(of, fields, by=SYSTEM, at=at)
    arrange_class(equipment.kind, name="Refrigerators", fields=fields, by=SYSTEM, at=at)
    caller = Caller(kind=IdentityKind.EMAIL, value="anna@chain.example", name="Anna")
    anna = meet(caller, by=SYSTEM, at=at).person
    contact = appoint(equipment.chain, anna, since=at.date(), by=SYSTEM, at=at)
    rows = (equipment.chain, equipment.north, contact, equipment.asset())
    return Owning(equipment=equipment, fields=fields, rows=rows)


def taken(owning: Owning, sheet: Sheet, content: bytes, *, dry_run: bool = False) -> Report:
    return take_in(io.BytesIO(content), sheet, dry_run=dry_run, by=SYSTEM, at=owning.equipment.at)


def table(*rows: tuple[str, ...]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


SHEETS = (Sheet.COMPANIES, Sheet.SITES, Sheet.CONTACTS, Sheet.ASSETS)


@given(data=st.data())
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@pytest.mark.parametrize("write", [exporting.as_csv, exporting.as_xlsx])
def test_what_is_exported_comes_back_equal(owning: Owning, data: st.DataObject, write: Any) -> None:
    for row in owning.rows:
        owning.keep(row, {str(each.pk): drawn(data, each) for each in owning.fields})
    before = owning.kept()
    files = [write(sheet, by=SYSTEM) for sheet in SHEETS]
    for sheet, file in zip(SHEETS, files, strict=True):
        report = taken(owning, sheet, file)
        assert (report.problems, report.new, report.changed) == ((), 0, 0)
    for row in owning.rows:
        owning.keep(row, {})
    for sheet, file in zip(SHEETS, files, strict=True):
        assert taken(owning, sheet, file).changed == 1
    assert [lines(each) for each in owning.kept()] == [lines(each) for each in before]


def drawn(data: st.DataObject, field: Definition) -> Any:
    if field.kind == Kind.SEVERAL:
        keys = list(Option.objects.filter(definition=field).values_list("pk", flat=True))
        return sorted(data.draw(st.sets(st.sampled_from(keys), min_size=1)))
    return values.written(data.draw(ANSWERS[Kind(field.kind)]))


def lines(custom: Mapping[str, Any]) -> dict[str, Any]:
    """Sheets keep the ends of lines each in their own way."""
    return {
        key: value.replace("\r\n", "\n") if isinstance(value, str) else value
        for key, value in custom.items()
    }


def test_each_bad_cell_is_named_and_its_row_stays_out(owning: Owning) -> None:
    keys = {Kind(each.kind): each.spec.name for each in owning.fields}
    head = ("company", "site", keys[Kind.WHOLE], keys[Kind.DAY], keys[Kind.SEVERAL])
    file = table(
        head,
        ("Chain", "Good", "12", "31.01.2026", "Red; #999999"),
        ("Chain", "Better", "12", "31.01.2026", "red"),
        ("Chain", "Bad", "twelve", "yesterday", "Green"),
    )
    report = taken(owning, Sheet.SITES, file, dry_run=True)
    assert {(each.line, each.column) for each in report.problems} == {
        (2, keys[Kind.SEVERAL]),
        (4, keys[Kind.WHOLE]),
        (4, keys[Kind.DAY]),
        (4, keys[Kind.SEVERAL]),
    }
    assert not Site.objects.filter(name="Better").exists()
    taken(owning, Sheet.SITES, file)
    named = {str(each.pk): Kind(each.kind) for each in owning.fields}
    custom = Site.objects.get(name="Better").custom
    kept = {named[key]: value for key, value in custom.items()}
    red = Option.objects.get(label_en="Red").pk
    assert kept == {Kind.WHOLE: "12", Kind.DAY: "2026-01-31", Kind.SEVERAL: [red]}


def test_a_choice_that_is_offered_no_more_comes_back_but_is_not_given_anew(owning: Owning) -> None:
    field = next(each for each in owning.fields if each.kind == Kind.SEVERAL)
    red = Option.objects.get(label_en="Red")
    owning.keep(owning.equipment.north, {str(field.pk): [red.pk]})
    Option.objects.filter(pk=red.pk).update(archived_at=owning.equipment.at)
    file = exporting.as_csv(Sheet.SITES, by=SYSTEM)
    assert taken(owning, Sheet.SITES, file).problems == ()
    other = table(
        ("company", "site", field.spec.name), ("Chain", owning.equipment.south.name, "Red")
    )
    assert [each.line for each in taken(owning, Sheet.SITES, other).problems] == [2]


def test_a_company_keeps_what_an_empty_cell_leaves_and_rows_must_agree(owning: Owning) -> None:
    field = next(each for each in owning.fields if each.kind == Kind.TEXT)
    key = str(field.pk)
    owning.keep(owning.equipment.chain, {key: "Before"})
    assert (
        taken(owning, Sheet.COMPANIES, table(("company", field.spec.name), ("Chain", ""))).changed
        == 0
    )
    two = table(("company", field.spec.name), ("Chain", "One"), ("Chain", "Two"))
    assert [each.line for each in taken(owning, Sheet.COMPANIES, two).problems] == [3]
    assert Company.objects.get(pk=owning.equipment.chain.pk).custom == {key: "One"}


def test_equipment_has_the_fields_of_its_class_only(owning: Owning) -> None:
    field = next(each for each in owning.fields if each.kind == Kind.WHOLE)
    head = ("company", "site", "class", "vendor", "model", "serial", field.spec.name)
    lift = ("Chain", owning.equipment.north.name, "Lifts", "Up", "U1", "L-1", "5")
    report = taken(owning, Sheet.ASSETS, table(head, lift))
    assert [(each.line, each.column) for each in report.problems] == [(2, field.spec.name)]


def test_a_file_of_another_desk_is_not_taken_for_ours(owning: Owning) -> None:
    field = next(each for each in owning.fields if each.kind == Kind.TEXT)
    head = ("company", "site", f"{field.spec.name} (Floor area)")
    with pytest.raises(FieldIsAnother):
        taken(owning, Sheet.SITES, table(head, ("Chain", "Shop", "5")))
    archive(field, by=SYSTEM, at=owning.equipment.at)
    assert taken(owning, Sheet.SITES, table(head, ("Chain", "Shop", "5"))).problems == ()


def needing(owning: Owning) -> Definition:
    """Let every card and the class need one of its fields."""
    at = owning.equipment.at
    field = next(each for each in owning.fields if each.kind == Kind.WHOLE)
    for of in CardOf:
        arrange_card(of, owning.fields, needed=(field,), by=SYSTEM, at=at)
    kind, fields = owning.equipment.kind, owning.fields
    arrange_class(kind, name="Refrigerators", fields=fields, needed=(field,), by=SYSTEM, at=at)
    return field


def test_what_a_form_needs_a_new_row_has_to_say(owning: Owning) -> None:
    name = needing(owning).spec.name
    place = owning.equipment.north.name
    model = owning.equipment.frosty
    gear = ("company", "site", "class", "vendor", "model", "serial")
    fridge = ("Chain", place, "Refrigerators", model.vendor, model.name)
    heads: Mapping[Sheet, tuple[tuple[str, ...], tuple[str, ...]]] = {
        Sheet.COMPANIES: (("company",), ("Newcomer",)),
        Sheet.SITES: (("company", "site"), ("Chain", "Kiosk")),
        Sheet.CONTACTS: (("company", "name", "email"), ("Chain", "Eva", "eva@chain.example")),
        Sheet.ASSETS: (gear, (*fridge, "N-1")),
    }
    for sheet, (head, row) in heads.items():
        for file in (table(head, row), table((*head, name), (*row, ""))):
            report = taken(owning, sheet, file, dry_run=True)
            assert [(each.line, each.column) for each in report.problems] == [(2, name)], sheet
            assert report.new == 0
        report = taken(owning, sheet, table((*head, name), (*row, "12")))
        assert (report.problems, report.new) == ((), 1), sheet
    # A class that needs nothing, as one that nobody knew before, takes what comes.
    lift = ("Chain", place, "Lifts", "Up", "U1", "L-1")
    assert taken(owning, Sheet.ASSETS, table(gear, lift)).new == 1


def test_what_is_needed_is_not_taken_away_and_what_lacks_it_from_before_stays(
    owning: Owning,
) -> None:
    field = needing(owning)
    key, north, south = str(field.pk), owning.equipment.north, owning.equipment.south
    owning.keep(north, {key: "12"})
    file = table(
        ("company", "site", field.spec.name), ("Chain", north.name, ""), ("Chain", south.name, "")
    )
    report = taken(owning, Sheet.SITES, file)
    assert [(each.line, each.column) for each in report.problems] == [(2, field.spec.name)]
    assert Site.objects.get(pk=north.pk).custom == {key: "12"}


def test_a_new_company_says_what_it_needs_in_any_of_its_rows(owning: Owning) -> None:
    name = needing(owning).spec.name
    head = ("company", "group", "legal_name", "inn", name)
    rows = (
        ("Newcomer", "", "Newcomer South", "7707083893", ""),
        ("Newcomer", "", "Newcomer North", "7736207543", "12"),
        ("Member", "Empty", "", "", "12"),
        ("Empty", "", "", "", ""),
    )
    report = taken(owning, Sheet.COMPANIES, table(head, *rows))
    assert [(each.line, each.column) for each in report.problems] == [(4, "group"), (5, name)]
    assert not Company.objects.filter(name__in=("Member", "Empty")).exists()
    assert Company.objects.filter(name="Newcomer").count() == 1
