"""Companies from a file: a row a legal entity; known again by name, entities by their numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from ambidesk.across.importing.clients import refusals
from ambidesk.across.importing.clients.cells import Row
from ambidesk.across.importing.clients.own import Fields, told_by
from ambidesk.across.importing.clients.plan import Plan, parts
from ambidesk.across.importing.clients.sites import companies_named
from ambidesk.across.importing.loading import Progress
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.describing import amend_cards
from ambidesk.parties.companies.incorporating import Requisites, checked, enter_entity
from ambidesk.parties.companies.models import Company, LegalEntity
from ambidesk.parties.companies.registering import Profile, register
from ambidesk.parties.companies.rules import requisites as rules


@dataclass(slots=True, kw_only=True)
class CompanyLine:
    """One company as the rows of its name tell it; empty cells leave what is there."""

    name: str
    group: str
    industry: str
    remark: str
    own: dict[str, Any] = field(default_factory=dict)
    entities: list[Requisites] = field(default_factory=list)


Companies = Plan[CompanyLine, tuple[Company, CompanyLine]]
Numbers = tuple[str, str, str]
Told = tuple[Row, CompanyLine, Requisites | None]


def plan_companies(rows: Iterable[Row], own: Fields | None = None) -> Companies:
    """Compare a file with what is here; nothing is written."""
    rows = list(rows)
    named = [row.cells.get(key, "") for row in rows for key in ("company", "group")]
    here = companies_named(named)
    entities = _entities(rows)
    read: list[Told] = []
    seen: dict[Numbers, int] = {}
    said: dict[str, Row] = {}
    coming = {row.cells.get("company", "").lower(): row for row in rows}
    for row in rows:
        line, entity = _read(row)
        _check_group(row, coming, here)
        line.own = _own(row, own or Fields(), here.get(line.name.lower()))
        _check_own(row, line, said)
        if entity:
            _check_entity(row, entity, entities, seen)
        read.append((row, line, entity))
    _hold_back([(row, line) for row, line, _entity in read], here, own or Fields())
    lines = _gathered(read)
    plan = Companies()
    plan.take(rows)
    for line in _groups_first(lines):
        company = here.get(line.name.lower())
        if company is None:
            plan.new.append(line)
        elif _is_same(company, line, entities):
            plan.unchanged += 1
        else:
            plan.changed.append((company, line))
    return plan


def load_companies(plan: Companies, *, by: Actor, at: datetime, progress: Progress) -> None:
    """Write what the plan says, groups before their members, at most 500 a transaction."""
    done, whole = 0, len(plan.new) + len(plan.changed)
    coming = [*((None, line) for line in plan.new), *plan.changed]
    for part in parts(coming):
        with transaction.atomic():
            for company, line in part:
                _write(company, line, by=by, at=at)
        done += len(part)
        progress(done, whole)


def _read(row: Row) -> tuple[CompanyLine, Requisites | None]:
    line = CompanyLine(
        name=row.text("company", 200, needed=True),
        group=row.text("group", 200),
        industry=row.text("industry", 80),
        remark=row.text("remark", 4000),
    )
    given = Requisites(
        name=row.text("legal_name", 250),
        country=row.text("country", 2),
        inn=row.read("inn", rules.read_inn, otherwise=""),
        kpp=row.read("kpp", rules.read_kpp, otherwise=""),
        ogrn=row.read("ogrn", rules.read_ogrn, otherwise=""),
        vat=row.read("vat", rules.read_vat, otherwise=""),
        address=row.text("legal_address", 300),
    )
    if not any((given.name, given.inn, given.kpp, given.ogrn, given.vat, given.address)):
        return line, None
    if not given.name:
        row.wrong("legal_name", refusals.Missing())
    try:
        return line, checked(given)
    except InvalidInput as why:
        row.wrong(why.field or "inn", why)
        return line, None


def _gathered(read: Iterable[Told]) -> dict[str, CompanyLine]:
    """Make one of the good rows that name one company."""
    lines: dict[str, CompanyLine] = {}
    for row, line, entity in read:
        if not row.problems:
            known = lines.setdefault(line.name.lower(), line)
            known.entities += [entity] if entity else []
            known.group = known.group or line.group
            known.own |= line.own
    return lines


def _own(row: Row, fields: Fields, company: Company | None) -> dict[str, Any]:
    # Whether a new company is told what it needs, all of its rows say together.
    before = company.custom if company else {}
    return told_by(_leaving(row), fields, before=before, is_new=False)


def _leaving(row: Row) -> Row:
    """The row without own fields that it leaves as they are; what is wrong is noted on it still."""
    own = {key: text for key, text in row.own.items() if text}
    return Row(line=row.line, cells=row.cells, own=own, problems=row.problems)


def _check_own(row: Row, line: CompanyLine, said: dict[str, Row]) -> None:
    """Note what contradicts the first row that says something of the company."""
    first = said.setdefault(line.name.lower(), row)
    for key, text in row.own.items():
        if text and first.own.get(key, "") not in {"", text}:
            row.wrong(key, refusals.SaidOtherwise(line=first.line))


def _check_group(row: Row, coming: Mapping[str, Row], here: Mapping[str, Company]) -> None:
    """Note a group that nobody knows, or that belongs to the company itself."""
    group, passed = row.cells.get("group", "").lower(), {row.cells.get("company", "").lower()}
    if group and group not in coming and group not in here:
        row.wrong("group", refusals.NoSuchGroup(value=row.cells["group"][:80]))
    while group:
        if group in passed:
            row.wrong("group", refusals.RingOfGroups(value=row.cells["group"][:80]))
            return
        passed.add(group)
        above = coming[group].cells.get("group", "") if group in coming else ""
        parent = here[group].parent if group in here and not above else None
        group = above.lower() or (parent.name.lower() if parent else "")


def _hold_back(
    read: list[tuple[Row, CompanyLine]], here: Mapping[str, Company], own: Fields
) -> None:
    """Hold back members of a group that stays out, and new companies without what they need."""
    _hold_orphans(read, here)
    said: dict[str, set[str]] = defaultdict(set)
    for row, line in read:
        if not row.problems:
            said[line.name.lower()] |= line.own.keys()
    lacking = [
        (row, key)
        for row, line in read
        if not row.problems and line.name.lower() not in here
        for key, kept_by in own.needed_of("")
        if kept_by not in said[line.name.lower()]
    ]
    for row, key in lacking:
        row.wrong(key, refusals.Missing())
    if lacking:
        _hold_back(read, here, own)


def _hold_orphans(read: list[tuple[Row, CompanyLine]], here: Mapping[str, Company]) -> None:
    """Hold back whoever belongs to a group that stays out itself."""
    good = {line.name.lower() for row, line in read if not row.problems}
    waiting = [(row, line) for row, line in read if line.group and not row.problems]
    for row, line in waiting:
        if line.group.lower() not in good and line.group.lower() not in here:
            row.wrong("group", refusals.NoSuchGroup(value=line.group[:80]))
    if any(row.problems for row, _line in waiting):
        _hold_orphans(read, here)


def _check_entity(
    row: Row,
    entity: Requisites,
    there: Mapping[Numbers, LegalEntity],
    seen: dict[Numbers, int],
) -> None:
    numbers = _numbers(entity)
    column = "inn" if entity.inn or not entity.vat else "vat"
    if not any(numbers):
        return
    if numbers in seen:
        row.wrong(column, refusals.Twice(line=seen[numbers]))
    seen.setdefault(numbers, row.line)
    known = there.get(numbers)
    if known and known.company.name.lower() != row.cells.get("company", "").lower():
        row.wrong(column, refusals.EntityOfAnother(name=known.company.name))


def _numbers(entity: Requisites | LegalEntity) -> Numbers:
    return (entity.inn, entity.kpp, "") if entity.inn else ("", "", entity.vat)


def _entities(rows: Iterable[Row]) -> dict[Numbers, LegalEntity]:
    """Give the legal entities of the companies and numbers that a file names."""
    inns = {"".join(row.cells.get("inn", "").split()) for row in rows} - {""}
    vats = {row.cells.get("vat", "").upper().replace(" ", "") for row in rows} - {""}
    names = {row.cells.get("company", "") for row in rows}
    asked = Q(inn__in=inns) | Q(vat__in=vats) | Q(company__name__in=names)
    found = LegalEntity.objects.filter(asked).select_related("company")
    return {_numbers(each) if any(_numbers(each)) else _named(each): each for each in found}


def _named(entity: LegalEntity) -> Numbers:
    # A legal entity without numbers is known by its company and name.
    return (f"#{entity.company_id}", entity.name, "")


def _of(
    company: Company, entity: Requisites, there: Mapping[Numbers, LegalEntity]
) -> LegalEntity | None:
    numbers = _numbers(entity)
    return there.get(numbers if any(numbers) else (f"#{company.pk}", entity.name, ""))


def _is_same(company: Company, line: CompanyLine, there: Mapping[Numbers, LegalEntity]) -> bool:
    group = company.parent.name.lower() if company.parent else ""
    facts = (
        (line.group.lower(), group),
        (line.industry, company.industry),
        (line.remark, company.remark),
    )
    if line.own or any(said and said != is_so for said, is_so in facts):
        return False
    return all(_same_entity(_of(company, each, there), each) for each in line.entities)


def _same_entity(row: LegalEntity | None, said: Requisites) -> bool:
    names = ("name", "country", "inn", "kpp", "ogrn", "vat", "address")
    return row is not None and all(getattr(row, each) == getattr(said, each) for each in names)


def _groups_first(lines: Mapping[str, CompanyLine]) -> list[CompanyLine]:
    ordered: dict[str, CompanyLine] = {}

    def put(line: CompanyLine) -> None:
        above = lines.get(line.group.lower())
        if above and above.name.lower() not in ordered:
            put(above)
        ordered.setdefault(line.name.lower(), line)

    for line in lines.values():
        put(line)
    return list(ordered.values())


def _write(company: Company | None, line: CompanyLine, *, by: Actor, at: datetime) -> None:
    group = companies_named([line.group]).get(line.group.lower()) if line.group else None
    profile = Profile(
        name=company.name if company else line.name,
        parent=group or (company.parent if company else None),
        industry=line.industry or (company.industry if company else ""),
        remark=line.remark or (company.remark if company else ""),
    )
    row = register(company, profile, by=by, at=at)
    if line.own:
        amend_cards([(row, line.own)], by=by, at=at)
    theirs = LegalEntity.objects.filter(company=row)
    there = {_numbers(each) if any(_numbers(each)) else _named(each): each for each in theirs}
    for entity in line.entities:
        known = _of(row, entity, there)
        if not _same_entity(known, entity):
            enter_entity(row, entity, known=known, by=by, at=at)
