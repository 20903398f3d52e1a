"""Contacts from a file: persons are recognised by their addresses, contacts by company."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from ambidesk.across.importing.clients import refusals
from ambidesk.across.importing.clients.cells import Row, day
from ambidesk.across.importing.clients.own import Fields, told_by
from ambidesk.across.importing.clients.plan import Plan, parts
from ambidesk.across.importing.clients.sites import companies_named, company_of
from ambidesk.across.importing.loading import Progress
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.ending import change_contact
from ambidesk.parties.companies.appointing import Post, appoint_many
from ambidesk.parties.companies.describing import amend_cards
from ambidesk.parties.companies.models import Company, Contact, Department
from ambidesk.parties.companies.structuring import Names, departments_by_names, found_missing
from ambidesk.parties.people.describing import add_identity
from ambidesk.parties.people.meeting import Caller, meet_many
from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.parties.people.normalising import normal_email, normal_phone

Address = tuple[str, str]
Departments = dict[tuple[int, Names], Department]
EMAIL, PHONE = IdentityKind.EMAIL, IdentityKind.PHONE


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """One contact as a row tells it; the first address is the one they are met by."""

    company: Company
    name: str
    addresses: tuple[Address, ...]
    post: str
    department: Names
    since: date | None
    until: date | None
    told: frozenset[str]
    own: Mapping[str, Any] = field(default_factory=dict)
    # Whether all but own fields is as it should be.
    stands: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A contact that is here, with the names of their department."""

    contact: Contact
    department: Names


Contacts = Plan[ContactLine, tuple[Contact, ContactLine]]


def plan_contacts(rows: Iterable[Row], own: Fields | None = None, *, today: date) -> Contacts:
    """Compare a file with what is here; nothing is written."""
    rows = list(rows)
    companies = companies_named(row.cells.get("company", "") for row in rows)
    read = [(row, line) for row in rows if (line := _read(row, companies))]
    known = _known(line for _row, line in read)
    there = _there({line.company.pk: line.company for _row, line in read}.values())
    plan, seen = Contacts(), dict[tuple[int, object], int]()
    for row, line in read:
        person = _person(row, line, known)
        keys = [(line.company.pk, person.whole)] if person else []
        keys += [(line.company.pk, address) for address in line.addresses]
        before = next((seen[key] for key in keys if key in seen), None)
        if before:
            row.wrong("email" if line.addresses[0][0] == EMAIL else "phone", _twice(before))
        seen.update(dict.fromkeys(keys, row.line))
        if not row.problems:
            standing = there.get((line.company.pk, person.whole)) if person else None
            is_new = standing is None or _is_back(standing, line)
            kept = standing.contact.custom if standing and not is_new else {}
            told = told_by(row, own or Fields(), before=kept, is_new=is_new)
            line = replace(line, own=told)  # noqa: PLW2901
        if not row.problems:
            _sort(plan, row, line, standing=standing, today=today)
    plan.take(rows)
    return plan


def load_contacts(plan: Contacts, *, by: Actor, at: datetime, progress: Progress) -> None:
    """Write what the plan says, at most 500 rows a transaction."""
    done, whole = 0, len(plan.new) + len(plan.changed)
    for fresh in parts(plan.new):
        with transaction.atomic():
            _appoint(fresh, by=by, at=at)
        done += len(fresh)
        progress(done, whole)
    for changed in parts(plan.changed):
        with transaction.atomic():
            departments = _departments([line for _contact, line in changed], by=by, at=at)
            for contact, line in changed:
                if line.stands:
                    continue
                department = departments.get((line.company.pk, line.department))
                change_contact(
                    contact,
                    post=line.post,
                    department=department,
                    until=line.until,
                    by=by,
                    at=at,
                )
            told = [(contact, line.own) for contact, line in changed if line.own]
            amend_cards(told, by=by, at=at)
        done += len(changed)
        progress(done, whole)


def _twice(line: int) -> refusals.Twice:
    return refusals.Twice(line=line)


def _read(row: Row, companies: dict[str, Company]) -> ContactLine | None:
    company = company_of(row, companies)
    name, post = row.text("name", 200, needed=True), row.text("post", 120)
    email = row.read("email", normal_email, otherwise="")
    phone = row.read("phone", partial(normal_phone, country="RU"), otherwise="")
    if not (row.cells.get("email") or row.cells.get("phone")):
        row.wrong("email", refusals.NoAddress())
    since, until = row.read("since", day, otherwise=None), row.read("until", day, otherwise=None)
    if since and until and until <= since:
        row.wrong("until", refusals.EndsEarly())
    department = row.path("department", 160)
    if company is None or row.problems:
        return None
    addresses = ((EMAIL.value, email), (PHONE.value, phone))
    return ContactLine(
        company=company,
        name=name,
        addresses=tuple(each for each in addresses if each[1]),
        post=post,
        department=department,
        since=since,
        until=until,
        told=frozenset(row.cells),
    )


def _known(lines: Iterable[ContactLine]) -> dict[Address, Identity]:
    wanted: dict[str, list[str]] = {EMAIL.value: [], PHONE.value: []}
    for line in lines:
        for kind, value in line.addresses:
            wanted[kind].append(value)
    return {
        (row.kind, row.value): row
        for kind, values in wanted.items()
        for row in Identity.objects.of(IdentityKind(kind), values).select_related("person__head")
    }


def _person(row: Row, line: ContactLine, known: Mapping[Address, Identity]) -> Person | None:
    """Say who it is, None for somebody new; note whom it cannot be."""
    found = [known[each] for each in line.addresses if each in known]
    for identity in found:
        if identity.shared:
            row.wrong(identity.kind, refusals.SharedAddress(value=identity.value))
        elif identity.person.erased_at:
            row.wrong(identity.kind, refusals.ErasedPerson())
    if len({each.person.whole for each in found}) > 1:
        row.wrong("phone", refusals.TwoPersons())
    return found[0].person if found else None


def _there(companies: Iterable[Company]) -> dict[tuple[int, int], Standing]:
    found = {}
    for company in companies:
        names = {row.pk: path for path, row in departments_by_names(company).items()}
        rows = Contact.objects.filter(company=company).select_related("person")
        for row in rows.order_by("since_on"):
            department = names.get(row.department_id or 0, ())
            found[company.pk, row.person.whole] = Standing(contact=row, department=department)
    return found


def _sort(
    plan: Contacts, row: Row, line: ContactLine, *, standing: Standing | None, today: date
) -> None:
    contact = standing.contact if standing else None
    if contact is None or _is_back(standing, line):
        if line.until and line.until <= (line.since or today):
            row.wrong("until", refusals.EndsEarly())
        else:
            plan.new.append(line)
        return
    if standing:
        # What the file has no column for stays as it is.
        post = line.post if "post" in line.told else contact.post
        department = line.department if "department" in line.told else standing.department
        line = replace(line, post=post, department=department)
    same = standing and (contact.post, standing.department) == (line.post, line.department)
    stands = bool(same and line.until in {None, contact.until_on})
    if stands and not line.own:
        plan.unchanged += 1
    elif line.until and line.until <= contact.since_on:
        row.wrong("until", refusals.EndsEarly())
    else:
        plan.changed.append((contact, replace(line, stands=stands)))


def _is_back(standing: Standing | None, line: ContactLine) -> bool:
    """Whether somebody who had left begins anew."""
    ended = standing.contact.until_on if standing else None
    return bool(ended and line.since and line.since >= ended)


def _appoint(lines: Sequence[ContactLine], *, by: Actor, at: datetime) -> None:
    known = _known(lines)
    strangers = [each for each in lines if not any(one in known for one in each.addresses)]
    callers = [
        Caller(kind=IdentityKind(each.addresses[0][0]), value=each.addresses[0][1], name=each.name)
        for each in strangers
    ]
    met = known | dict(meet_many(callers, by=by, at=at))
    departments = _departments(lines, by=by, at=at)
    posts = []
    for line in lines:
        person = next(met[each] for each in line.addresses if each in met).person
        for kind, value in line.addresses:
            if (kind, value) not in met:
                add_identity(person, IdentityKind(kind), value=value, name=line.name, by=by, at=at)
        posts.append(_post(line, person, departments, today=day_of(at)))
    appointed = appoint_many(posts, by=by, at=at)
    told = [(row, line.own) for row, line in zip(appointed, lines, strict=True) if line.own]
    amend_cards(told, by=by, at=at)


def _post(line: ContactLine, person: Person, departments: Departments, *, today: date) -> Post:
    return Post(
        company=line.company,
        person=person,
        since=line.since or today,
        until=line.until,
        post=line.post,
        department=departments.get((line.company.pk, line.department)),
    )


def _departments(lines: Iterable[ContactLine], *, by: Actor, at: datetime) -> Departments:
    """Find or found the departments that lines name."""
    wanted: dict[Company, set[Names]] = defaultdict(set)
    for line in lines:
        wanted[line.company].add(line.department)
    return {
        (company.pk, path): row
        for company, paths in wanted.items()
        for path, row in found_missing(company, paths, by=by, at=at).items()
    }
