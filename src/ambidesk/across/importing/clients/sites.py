"""Sites from a file: known again by company and code, or by name and area where there is none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models.functions import Lower

from ambidesk.across.importing.clients import refusals
from ambidesk.across.importing.clients.cells import Row, degrees, zone
from ambidesk.across.importing.clients.own import Fields, told_by
from ambidesk.across.importing.clients.plan import Plan, parts
from ambidesk.across.importing.loading import Progress
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.describing import amend_cards
from ambidesk.parties.companies.models import Company, Site, Territory
from ambidesk.parties.companies.placing import Names, add_missing, territories_by_names
from ambidesk.parties.companies.registering import Place, change_sites, open_sites

Key = tuple[int, str, Names, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLine:
    """One site as a row tells it."""

    company: Company
    territory: Names
    name: str
    code: str
    address: str
    latitude: Decimal | None
    longitude: Decimal | None
    zone: str
    own: Mapping[str, Any] = field(default_factory=dict, compare=False)
    # Whether all but own fields is as it should be.
    stands: bool = field(default=False, compare=False)

    @property
    def key(self) -> Key:
        """By what it is known again."""
        if self.code:
            return (self.company.pk, self.code, (), "")
        return (self.company.pk, "", self.territory, self.name)


Sites = Plan[SiteLine, tuple[Site, SiteLine]]


def plan_sites(rows: Iterable[Row], own: Fields | None = None) -> Sites:
    """Compare a file with what is here; nothing is written."""
    rows = list(rows)
    companies = companies_named(row.cells.get("company", "") for row in rows)
    plan, lines, seen = Sites(), list[tuple[Row, SiteLine]](), dict[Key, int]()
    for row in rows:
        line = _read(row, companies)
        if line and line.key in seen:
            row.wrong("code" if line.code else "site", refusals.Twice(line=seen[line.key]))
        elif line:
            seen[line.key] = row.line
            lines.append((row, line))
    there = _there({each.company.pk: each.company for _row, each in lines}.values())
    for row, line in lines:
        _sort(plan, row, line, site=there.get(line.key), own=own or Fields())
    plan.take(rows)
    return plan


def load_sites(plan: Sites, *, by: Actor, at: datetime, progress: Progress) -> None:
    """Write what the plan says, at most 500 rows a transaction."""
    done, whole = 0, len(plan.new) + len(plan.changed)
    for fresh in parts(plan.new):
        with transaction.atomic():
            for company, lines in _by_company(fresh).items():
                areas = add_missing(company, {x.territory for x in lines}, by=by, at=at)
                opened = open_sites(company, [_place(x, areas) for x in lines], by=by, at=at)
                told = [(row, line.own) for row, line in zip(opened, lines, strict=True)]
                amend_cards([each for each in told if each[1]], by=by, at=at)
        done += len(fresh)
        progress(done, whole)
    for changed in parts(plan.changed):
        with transaction.atomic():
            places = []
            sites = {line.key: site for site, line in changed}
            moved = [line for _site, line in changed if not line.stands]
            for company, lines in _by_company(moved).items():
                areas = add_missing(company, {x.territory for x in lines}, by=by, at=at)
                places += [(sites[x.key], _place(x, areas)) for x in lines]
            change_sites(places, by=by, at=at)
            told = [(site, line.own) for site, line in changed if line.own]
            amend_cards(told, by=by, at=at)
        done += len(changed)
        progress(done, whole)


def _sort(
    plan: Sites, row: Row, line: SiteLine, *, site: tuple[Site, SiteLine] | None, own: Fields
) -> None:
    told = told_by(row, own, before=site[0].custom if site else {}, is_new=site is None)
    line = replace(line, own=told, stands=bool(site and site[1] == line))
    if row.problems:
        return
    if site is None:
        plan.new.append(line)
    elif line.stands and not told:
        plan.unchanged += 1
    else:
        plan.changed.append((site[0], line))


def companies_named(names: Iterable[str]) -> dict[str, Company]:
    """Give the companies of these names, by the name in lower case."""
    wanted = {name.lower() for name in names if name}
    rows = Company.objects.select_related("parent").annotate(lower=Lower("name"))
    rows = rows.filter(lower__in=wanted)
    return {row.name.lower(): row for row in rows}


def company_of(row: Row, companies: dict[str, Company]) -> Company | None:
    """Find the row's company, or note that it is not here."""
    name = row.text("company", 200, needed=True)
    company = companies.get(name.lower())
    if name and company is None:
        row.wrong("company", refusals.NoSuchCompany(value=name[:80]))
    return company


def _read(row: Row, companies: dict[str, Company]) -> SiteLine | None:
    company = company_of(row, companies)
    latitude = row.read("latitude", degrees(90), otherwise=None)
    longitude = row.read("longitude", degrees(180), otherwise=None)
    if bool(row.cells.get("latitude")) != bool(row.cells.get("longitude")):
        row.wrong("latitude", refusals.HalfAPoint())
    territory = row.path("territory", 160)
    name, code = row.text("site", 200, needed=True), row.text("code", 40)
    address, clock = row.text("address", 300), row.read("zone", zone, otherwise="")
    if company is None or row.problems:
        return None
    return SiteLine(
        company=company,
        territory=territory,
        name=name,
        code=code,
        address=address,
        latitude=latitude,
        longitude=longitude,
        zone=clock,
    )


def _there(companies: Iterable[Company]) -> dict[Key, tuple[Site, SiteLine]]:
    found: dict[Key, tuple[Site, SiteLine]] = {}
    for company in companies:
        names = {row.pk: path for path, row in territories_by_names(company).items()}
        for site in Site.objects.filter(company=company):
            facts = {each.name: getattr(site, each.name) for each in fields(Place)}
            facts["territory"] = names.get(site.territory_id or 0, ())
            line = SiteLine(company=company, **facts)
            found[line.key] = (site, line)
    return found


def _by_company(lines: Sequence[SiteLine]) -> dict[Company, list[SiteLine]]:
    grouped: dict[Company, list[SiteLine]] = defaultdict(list)
    for line in lines:
        grouped[line.company].append(line)
    return grouped


def _place(line: SiteLine, areas: Mapping[Names, Territory]) -> Place:
    return Place(
        name=line.name,
        territory=areas[line.territory] if line.territory else None,
        code=line.code,
        address=line.address,
        latitude=line.latitude,
        longitude=line.longitude,
        zone=line.zone,
    )
