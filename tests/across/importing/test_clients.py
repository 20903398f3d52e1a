"""Files of companies, sites and contacts: every bad row is named, the good ones come in once."""

import csv
import io
from collections.abc import Iterable, Sequence
from time import process_time

import pytest
from django.utils import translation
from openpyxl import Workbook

from ambidesk.across.importing.clients import exporting
from ambidesk.across.importing.clients.describing import describe
from ambidesk.across.importing.clients.sheets import Sheet
from ambidesk.across.importing.clients.taking_in import Report, take_in
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.models import Company, Contact, LegalEntity, Site, Territory
from ambidesk.parties.companies.registering import Profile, register
from ambidesk.parties.people.erasing import erase
from tests.cast import Cast

pytestmark = pytest.mark.django_db

COMPANIES = ("company", "group", "industry", "legal_name", "inn", "kpp", "ogrn", "vat")
SITES = ("company", "territory", "site", "code", "address", "latitude", "longitude", "zone")
CONTACTS = ("company", "name", "email", "phone", "post", "department", "since", "until")


def table(*rows: Sequence[str], delimiter: str = ",", encoding: str = "utf-8") -> io.BytesIO:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return io.BytesIO(written.getvalue().encode(encoding))


def taken(cast: Cast, sheet: Sheet, file: io.BytesIO, *, dry_run: bool = False) -> Report:
    return take_in(file, sheet, dry_run=dry_run, by=SYSTEM, at=cast.at)


def wrong(report: Report) -> set[tuple[int, str, str]]:
    return {(each.line, each.column, type(each.why).__name__) for each in report.problems}


def chain(cast: Cast, name: str = "North Chain") -> Company:
    return register(None, Profile(name=name), by=SYSTEM, at=cast.at)


def shops(number: int) -> Iterable[tuple[str, ...]]:
    for n in range(number):
        region, town, district, street = n % 4, n % 12, n % 36, n % 108
        area = f"Region {region} / Town {town} / District {district} / Street {street}"
        place = (f"{55 + n / 10_000:.4f}", f"{37 + n / 10_000:.4f}")
        yield "North Chain", area, f"Shop {n}", f"S{n:04}", "Main street 1", *place, "Europe/Moscow"


@pytest.mark.usefixtures("cleared")
def test_five_hundred_shops_in_a_tree_of_four_levels_come_in_within_seconds_and_once(
    cast: Cast,
) -> None:
    company = chain(cast)
    rows = [SITES, *shops(500)]

    dry = taken(cast, Sheet.SITES, table(*rows), dry_run=True)
    assert (dry.new, dry.held, Site.objects.count()) == (500, 0, 0)

    began = process_time()
    report = taken(cast, Sheet.SITES, table(*rows))
    assert process_time() - began < 20
    assert (report.new, Site.objects.count()) == (500, 500)
    depths = {len(path.split(".")) for path in Territory.objects.values_list("path", flat=True)}
    assert depths == {1, 2, 3, 4}
    region = Territory.objects.get(company=company, name="Region 1")
    assert Site.objects.below(region).count() == 125

    again = taken(cast, Sheet.SITES, table(*rows))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 500)
    assert Site.objects.count() == 500


def test_every_bad_row_of_a_file_of_sites_is_named_and_the_good_ones_come_in(cast: Cast) -> None:
    chain(cast)
    good = ("North Chain", "West", "Good", "A1", "", "55.5", "37,25", "Europe/Moscow")
    report = taken(
        cast,
        Sheet.SITES,
        table(
            SITES,
            good,
            ("Nobody", "West", "Shop", "A2", "", "", "", ""),
            ("North Chain", "West", "", "A3", "", "", "", ""),
            ("North Chain", "West //", "Shop", "A4", "", "", "", ""),
            ("North Chain", "/".join("abcdefghijk"), "Shop", "A5", "", "", "", ""),
            ("North Chain", "West", "Shop", "A6", "", "north", "37", ""),
            ("North Chain", "West", "Shop", "A7", "", "91", "37", ""),
            ("North Chain", "West", "Shop", "A8", "", "55", "", ""),
            ("North Chain", "West", "Shop", "A9", "", "", "", "Mars/Olympus"),
            ("North Chain", "West", "Shop", "A1", "", "", "", ""),
            ("North Chain", "West", "Shop", "x" * 41, "", "", "", ""),
        ),
    )
    assert wrong(report) == {
        (3, "company", "NoSuchCompany"),
        (4, "site", "Missing"),
        (5, "territory", "EmptyStep"),
        (6, "territory", "TooDeep"),
        (7, "latitude", "NotANumber"),
        (8, "latitude", "NotANumber"),
        (9, "latitude", "HalfAPoint"),
        (10, "zone", "NoSuchZone"),
        (11, "code", "Twice"),
        (12, "code", "TooLong"),
    }
    assert (report.rows, report.new, report.held) == (11, 1, 10)
    (site,) = Site.objects.all()
    assert (site.name, str(site.longitude)) == ("Good", "37.250000")


def test_every_bad_row_of_a_file_of_companies_is_named(cast: Cast) -> None:
    other = chain(cast, "Other")
    first = table(
        ("company", "legal_name", "inn", "kpp"), ("Other", "Other LLC", "7707083893", "770701001")
    )
    assert taken(cast, Sheet.COMPANIES, first).changed == 1
    report = taken(
        cast,
        Sheet.COMPANIES,
        table(
            COMPANIES,
            ("Holding", "", "Trade", "Holding JSC", "7736050003", "773601001", "1027700070518", ""),
            ("Chain", "Holding", "Trade", "", "", "", "", ""),
            ("A", "", "", "A", "7707083894", "", "", ""),
            ("B", "", "", "B", "7728168971", "77", "", ""),
            ("C", "", "", "C", "", "", "1027700070510", ""),
            ("D", "", "", "D", "", "", "", "DE123"),
            ("E", "Unknown", "", "", "", "", "", ""),
            ("F", "G", "", "", "", "", "", ""),
            ("G", "F", "", "", "", "", "", ""),
            ("H", "", "", "H", "7707083893", "770701001", "", ""),
            ("I", "", "", "I", "7736050003", "773601001", "", ""),
            ("J", "A", "", "", "", "", "", ""),
            ("K", "", "", "", "7736050003", "770701001", "", ""),
            ("L", "", "", "L", "500100732259", "770701001", "", ""),
        ),
    )
    assert wrong(report) == {
        (4, "inn", "BadInn"),
        (5, "kpp", "BadKpp"),
        (6, "ogrn", "BadOgrn"),
        (7, "vat", "BadVat"),
        (8, "group", "NoSuchGroup"),
        (9, "group", "RingOfGroups"),
        (10, "group", "RingOfGroups"),
        (11, "inn", "EntityOfAnother"),
        (12, "inn", "Twice"),
        (13, "group", "NoSuchGroup"),
        (14, "legal_name", "Missing"),
        (15, "kpp", "KppOfEntrepreneur"),
    }
    parent = Company.objects.get(name="Chain").parent
    assert parent is not None
    assert parent.name == "Holding"
    assert set(Company.objects.values_list("name", flat=True)) == {"Other", "Holding", "Chain"}
    assert LegalEntity.objects.get(company=other).name == "Other LLC"


def test_every_bad_row_of_a_file_of_contacts_is_named(cast: Cast) -> None:
    chain(cast)
    gone = cast.boris
    erase(gone.person, by=SYSTEM, at=cast.at)
    report = taken(
        cast,
        Sheet.CONTACTS,
        table(
            CONTACTS,
            (
                "North Chain",
                "Anna Petrova",
                "ANNA@example.org",
                "",
                "Manager",
                "Shops / West",
                "",
                "",
            ),
            (
                "North Chain",
                "Vera",
                "vera@example.org",
                "+7 921 555-12-34",
                "",
                "",
                "01.02.2026",
                "",
            ),
            ("Nobody", "Nina", "nina@example.org", "", "", "", "", ""),
            ("North Chain", "", "nina@example.org", "", "", "", "", ""),
            ("North Chain", "Nina", "nina at example.org", "", "", "", "", ""),
            ("North Chain", "Nina", "", "12", "", "", "", ""),
            ("North Chain", "Nina", "", "", "", "", "", ""),
            ("North Chain", "Nina", "nina@example.org", "", "", "", "yesterday", ""),
            ("North Chain", "Nina", "nina@example.org", "", "", "", "2026-02-01", "2026-01-01"),
            ("North Chain", "Anna", "anna@example.org", "", "", "", "", ""),
        ),
    )
    assert wrong(report) == {
        (4, "company", "NoSuchCompany"),
        (5, "name", "Missing"),
        (6, "email", "NotAnAddress"),
        (7, "phone", "NotAnAddress"),
        (8, "email", "NoAddress"),
        (9, "since", "NotADay"),
        (10, "until", "EndsEarly"),
        (11, "email", "Twice"),
    }
    anna = Contact.objects.get(person=cast.anna.person)
    assert (anna.post, str(anna.department)) == ("Manager", "West")
    mixed = table(CONTACTS, ("North Chain", "A", "anna@example.org", "+79215551234", *[""] * 4))
    assert wrong(taken(cast, Sheet.CONTACTS, mixed)) == {(2, "phone", "TwoPersons")}


def test_contacts_twice_are_contacts_once_and_changes_arrive(cast: Cast) -> None:
    chain(cast)
    row = ["North Chain", "Anna", "anna@example.org", "", "Clerk", "", "2026-01-01", ""]
    assert taken(cast, Sheet.CONTACTS, table(CONTACTS, row)).new == 1
    assert taken(cast, Sheet.CONTACTS, table(CONTACTS, row)).unchanged == 1
    row[4] = "Director"
    assert taken(cast, Sheet.CONTACTS, table(CONTACTS, row)).changed == 1
    assert Contact.objects.get().post == "Director"


def test_a_file_without_posts_leaves_posts_and_departments(cast: Cast) -> None:
    chain(cast)
    row = ("North Chain", "Olga", "olga@north.example", "", "Manager", "Office", "", "")
    taken(cast, Sheet.CONTACTS, table(CONTACTS, row))
    short = table(("company", "name", "email", "until"), (row[0], row[1], row[2], "2099-01-01"))
    assert taken(cast, Sheet.CONTACTS, short).changed == 1
    contact = Contact.objects.get()
    assert (contact.post, str(contact.until_on)) == ("Manager", "2099-01-01")
    assert contact.department
    assert contact.department.name == "Office"


def test_a_sheet_of_an_office_programme_is_read_with_headings_of_either_language(
    cast: Cast,
) -> None:
    chain(cast, "Ольховый маркет")
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Компания", "Территория", "Объект", "Код", "Широта", "Долгота"])
    page.append(["ольховый маркет", "Север > Город", "Магазин 7", 7, 55.5, 37])
    written = io.BytesIO()
    book.save(written)
    assert taken(cast, Sheet.SITES, written).new == 1
    old = table(
        ("Компания", "Объект", "Код"),
        ("Ольховый маркет", "Магазин", "8"),
        encoding="cp1251",
        delimiter=";",
    )
    assert taken(cast, Sheet.SITES, old).new == 1
    assert set(Site.objects.values_list("code", flat=True)) == {"7", "8"}


def test_what_is_exported_is_imported_without_any_change(cast: Cast) -> None:
    chain(cast)
    rows = [SITES, *shops(3), ("North Chain", "", "=1+1", "", "", "", "", "")]
    taken(cast, Sheet.SITES, table(*rows))
    person = ("North Chain", "Vera", "vera@example.org", "+79215551234", "", "Shops", "", "")
    taken(cast, Sheet.CONTACTS, table(CONTACTS, person))
    for sheet in (Sheet.COMPANIES, Sheet.SITES, Sheet.CONTACTS):
        for write in (exporting.as_csv, exporting.as_xlsx):
            file = io.BytesIO(write(sheet, by=SYSTEM))
            report = taken(cast, sheet, file)
            assert (report.problems, report.new, report.changed) == ((), 0, 0), (sheet, write)
            assert report.unchanged
    assert b"\n=1" not in exporting.as_csv(Sheet.SITES, by=SYSTEM)


def test_reasons_are_said_in_the_language_of_whoever_reads(cast: Cast) -> None:
    chain(cast)
    report = taken(cast, Sheet.SITES, table(SITES, ("North Chain", *[""] * 7)), dry_run=True)
    (problem,) = report.problems
    with translation.override("en"):
        assert describe(problem, Sheet.SITES) == "Row 2, Site: It is empty."
