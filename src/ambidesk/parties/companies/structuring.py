"""Structuring: departments of a company, each with the cost centre that it is charged to."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.appointing import ForeignDepartment
from ambidesk.parties.companies.events import DepartmentFounded
from ambidesk.parties.companies.models import Company, Department

Names = tuple[str, ...]


class DepartmentNameTaken(InvalidInput):
    """Two departments below one would have one name."""

    sentence = _("There is a department of this name here already.")


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
        DepartmentNameTaken: it has one of this name.
    """
    if below and below.company_id != company.pk:
        raise ForeignDepartment(field="parent")
    try:
        with transaction.atomic():
            row = Department.objects.create(
                company=company, parent=below, name=name.strip(), cost_centre=cost_centre.strip()
            )
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
