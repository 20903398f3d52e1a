"""Generated companies with contracts, sites and packages: what decisions are measured on."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ambidesk.parties.companies.models import Company, Site
from ambidesk.service.contracts.models import (
    Contract,
    EntryKind,
    Line,
    Package,
    PackageEntry,
    Version,
)

NAME = "Measured {}"
SITES, LINES, ENTRIES = 20, 12, 60
YEAR = timedelta(days=365)


@transaction.atomic
def sign(number: int, *, at: datetime) -> list[Company]:
    """Make so many companies with a contract in force each, unless they are there already."""
    names = [NAME.format(each) for each in range(number)]
    known = list(Company.objects.filter(name__in=names).order_by("pk"))
    if len(known) == number:
        return known
    companies = Company.objects.bulk_create([Company(name=each, made_at=at) for each in names])
    Site.objects.bulk_create(
        [
            Site(company=company, name=f"Site {place}")
            for company in companies
            for place in range(SITES)
        ],
        batch_size=5_000,
    )
    _contracts(companies, at)
    return companies


def _contracts(companies: list[Company], at: datetime) -> None:
    starts = at.date() - YEAR
    contracts = Contract.objects.bulk_create(
        [
            Contract(company=each, number="1", starts_on=starts, activated_at=at, changed_at=at)
            for each in companies
        ]
    )
    packages = Package.objects.bulk_create(
        [
            Package(
                contract=each,
                name="Hours",
                unit="hours",
                amount=Decimal(40),
                every="month",
                starts_on=starts,
                agreed_at=at,
            )
            for each in contracts
        ]
    )
    # Lines are written into drafts: what is active does not change any more.
    versions = Version.objects.bulk_create(
        [Version(contract=each, number=1, starts_on=starts) for each in contracts]
    )
    Line.objects.bulk_create(_lines(versions, packages, starts), batch_size=5_000)
    Version.objects.filter(pk__in=[each.pk for each in versions]).update(activated_at=at)
    PackageEntry.objects.bulk_create(_entries(packages, starts, at), batch_size=5_000)


def _lines(versions: list[Version], packages: list[Package], starts: date) -> Iterator[Line]:
    companies = [version.contract.company_id for version in versions]
    sites: dict[int, list[int]] = {each: [] for each in companies}
    rows = Site.objects.filter(company__in=companies).order_by("pk")
    for company, pk in rows.values_list("company", "pk"):
        sites[company].append(pk)
    for version, package in zip(versions, packages, strict=True):
        company = version.contract.company_id
        for place in range(LINES):
            site = sites[company][place] if place else None
            yield Line(
                version=version,
                company_id=company,
                place=place + 1,
                clause=f"2.{place + 1}",
                covers=place % 5 != 4,
                site_id=site,
                package=None if place else package,
                scope=f"site:{site}" if site else "all",
                during=DateRange(starts, None),
            )


def _entries(packages: list[Package], starts: date, at: datetime) -> Iterator[PackageEntry]:
    for package in packages:
        for number in range(ENTRIES):
            yield PackageEntry(
                package=package,
                on=starts + timedelta(days=6 * number),
                kind=EntryKind.DRAWN,
                drawn=Decimal(2),
                source_kind="measured",
                source_id=package.pk * ENTRIES + number,
                at=at,
            )
