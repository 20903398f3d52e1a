"""Structuring: departments of a company, each with the cost centre that it is charged to."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.appointing import ForeignDepartment
from ambidesk.parties.companies.events import DepartmentFounded
from ambidesk.parties.companies.models import Company, Department

Names = tuple[str, ...]
DEEPEST: Final = 10
LONGEST: Final = 160


class DepartmentNameTaken(InvalidInput):
    """Two departments below one would have one name."""

    sentence = _("There is a department of this name here already.")


class DepartmentUnnamed(InvalidInput):
    """Nobody knows which one it is."""

    sentence = _("Give the department a name.")


class DepartmentBelowItself(InvalidInput):
    """A department would belong to itself."""

    sentence = _("A department cannot be moved below itself.")


class DepartmentsTooDeep(InvalidInput):
    """Nobody finds their way in so many levels."""

    sentence = _("Departments have at most %(most)s levels.")


@transaction.atomic
def found_department(
    company: Company,
    name: str,
    *,
    below: Department | None = None,
    cost_centre: str = "",
    by: Actor,
    at: datetime,
) -> Department:
    """
    Found a department of a company.

    Raises:
        ForeignDepartment: the one above is another company's.
        DepartmentUnnamed, DepartmentNameTaken: it has no name, or there is one of this name.
        DepartmentsTooDeep: it would be the eleventh level.
    """
    if below and below.company_id != company.pk:
        raise ForeignDepartment(field="parent")
    name = _named(name)
    _require_shallow(company, below, levels=1)
    try:
        with transaction.atomic():
            row = Department.objects.create(
                company=company, parent=below, name=name, cost_centre=cost_centre.strip()[:40]
            )
    except IntegrityError as taken:
        raise DepartmentNameTaken(field="name") from taken
    journal.record(DepartmentFounded(company_id=company.pk, department_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def change_department(
    department: Department,
    *,
    name: str,
    below: Department | None,
    cost_centre: str,
    by: Actor,
    at: datetime,
) -> Department:
    """
    Call a department otherwise, charge it elsewhere, or move it with all below it.

    Raises:
        ForeignDepartment: the one above is another company's.
        DepartmentUnnamed, DepartmentNameTaken: it has no name, or there is one of this name.
        DepartmentBelowItself, DepartmentsTooDeep: it cannot stand there.
    """
    # Two moves at once could make a ring: the company's tree is moved in by one at a time.
    company = Company.objects.select_for_update().get(pk=department.company_id)
    row = Department.objects.select_for_update().get(pk=department.pk)
    if below and below.company_id != company.pk:
        raise ForeignDepartment(field="parent")
    names = departments_by_names(company)
    own = next(path for path, each in names.items() if each.pk == row.pk)
    under = [path for path in names if path[: len(own)] == own]
    if below and any(names[path].pk == below.pk for path in under):
        raise DepartmentBelowItself(field="parent")
    _require_shallow(company, below, levels=max(map(len, under)) - len(own) + 1)
    row.name, row.parent, row.cost_centre = _named(name), below, cost_centre.strip()[:40]
    try:
        with transaction.atomic():
            row.save(update_fields=["name", "parent", "cost_centre"])
    except IntegrityError as taken:
        raise DepartmentNameTaken(field="name") from taken
    journal.record(DepartmentFounded(company_id=company.pk, department_id=row.pk), by=by, at=at)
    return row


def departments_by_names(company: Company) -> dict[Names, Department]:
    """Give the company's departments by the names from the top down to each."""
    rows = {row.pk: row for row in Department.objects.filter(company=company)}
    return {_names(row, rows): row for row in rows.values()}


@transaction.atomic
def found_missing(
    company: Company, paths: Iterable[Names], *, by: Actor, at: datetime
) -> dict[Names, Department]:
    """Found what is missing of departments given by names from the top; give all there are."""
    there = departments_by_names(company)
    wanted = {path[:depth] for path in paths for depth in range(1, len(path) + 1)}
    for path in sorted(wanted - set(there), key=lambda each: (len(each), each)):
        below = there.get(path[:-1])
        there[path] = found_department(company, path[-1], below=below, by=by, at=at)
    return there


def _names(row: Department, rows: dict[int, Department]) -> Names:
    above = _names(rows[row.parent_id], rows) if row.parent_id else ()
    return (*above, row.name)


def _named(name: str) -> str:
    if not (found := one_line(name, LONGEST)):
        raise DepartmentUnnamed(field="name")
    return found


def _require_shallow(company: Company, below: Department | None, *, levels: int) -> None:
    if below is None:
        return
    names = departments_by_names(company)
    above = next(len(path) for path, each in names.items() if each.pk == below.pk)
    if above + levels > DEEPEST:
        raise DepartmentsTooDeep(field="parent", most=DEEPEST)
