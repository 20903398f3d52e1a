"""Placing: areas hang in a company's tree and are moved with all that is below them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.events import TerritoryPlaced
from ambidesk.parties.companies.models import Company, Territory
from ambidesk.parties.companies.registering import ForeignTerritory

Names = tuple[str, ...]
DEEPEST: Final = 10
LONGEST: Final = 160
# The moved area and all below it get new beginnings; what stands behind the old one stays.
MOVED = """
    UPDATE companies_territory
       SET path = CASE WHEN path = %(old)s::ltree THEN %(new)s::ltree
                       ELSE %(new)s::ltree || subpath(path, nlevel(%(old)s::ltree)) END
     WHERE company_id = %(company)s AND path <@ %(old)s::ltree
"""


class TerritoryNameTaken(InvalidInput):
    """Two areas below one would have one name."""

    sentence = _("There is a territory of this name here already.")


class TerritoryUnnamed(InvalidInput):
    """Nobody knows which area it is."""

    sentence = _("Give the territory a name.")


class TreeTooDeep(InvalidInput):
    """Nobody finds their way in so many levels."""

    sentence = _("A tree of territories has at most %(most)s levels.")


class TerritoryBelowItself(InvalidInput):
    """An area would hang below itself."""

    sentence = _("A territory cannot be moved below itself.")


@transaction.atomic
def add(
    company: Company, name: str, *, below: Territory | None = None, by: Actor, at: datetime
) -> Territory:
    """
    Add an area to the company's tree.

    Raises:
        ForeignTerritory: the one above is another company's.
        TerritoryUnnamed, TerritoryNameTaken: it has no name, or there is one of this name.
        TreeTooDeep: it would be the eleventh level.
    """
    name = _named(name)
    parent = _above(company, below)
    _require_shallow(parent, levels=1)
    try:
        with transaction.atomic():
            row = Territory.objects.create(company=company, parent=parent, name=name)
    except IntegrityError as taken:
        raise TerritoryNameTaken(field="name") from taken
    row.path = _path(parent, row)
    row.save(update_fields=["path"])
    _record(row, by=by, at=at)
    return row


@transaction.atomic
def move(
    territory: Territory,
    *,
    below: Territory | None,
    name: str | None = None,
    by: Actor,
    at: datetime,
) -> Territory:
    """
    Hang an area, with all below it, elsewhere in the tree, and call it otherwise if named.

    Raises:
        ForeignTerritory: the one above is another company's.
        TerritoryUnnamed: it would have no name.
        TerritoryBelowItself: the one above lies below it.
        TerritoryNameTaken: the one above has one of this name.
        TreeTooDeep: something below it would be the eleventh level.
    """
    # Two moves at once could make a ring: the company's tree is moved in by one at a time.
    company = Company.objects.select_for_update().get(pk=territory.company_id)
    row = Territory.objects.select_for_update().get(pk=territory.pk)
    parent = _above(company, below)
    if parent and str(row.pk) in parent.path.split("."):
        raise TerritoryBelowItself(field="parent")
    before = row.path
    _require_shallow(parent, levels=_levels(row))
    row.parent = parent
    if name is not None:
        row.name = _named(name)
    try:
        with transaction.atomic():
            row.save(update_fields=["parent", "name"])
    except IntegrityError as taken:
        raise TerritoryNameTaken(field="name") from taken
    row.path = _path(parent, row)
    with connection.cursor() as cursor:
        cursor.execute(MOVED, {"old": before, "new": row.path, "company": company.pk})
    _record(row, by=by, at=at)
    return row


@transaction.atomic
def rename(territory: Territory, name: str, *, by: Actor, at: datetime) -> Territory:
    """
    Call an area otherwise.

    Raises:
        TerritoryUnnamed, TerritoryNameTaken: it would have no name, or that of a neighbour.
    """
    row = Territory.objects.select_for_update().get(pk=territory.pk)
    row.name = _named(name)
    try:
        with transaction.atomic():
            row.save(update_fields=["name"])
    except IntegrityError as taken:
        raise TerritoryNameTaken(field="name") from taken
    _record(row, by=by, at=at)
    return row


def territories_by_names(company: Company) -> dict[Names, Territory]:
    """Give the company's areas by the names from the top down to each."""
    rows = {row.pk: row for row in Territory.objects.filter(company=company)}
    return {tuple(rows[int(pk)].name for pk in row.path.split(".")): row for row in rows.values()}


@transaction.atomic
def add_missing(
    company: Company, paths: Iterable[Names], *, by: Actor, at: datetime
) -> dict[Names, Territory]:
    """Add what is missing of areas given by names from the top; give all there are."""
    there = territories_by_names(company)
    wanted = {path[:depth] for path in paths for depth in range(1, len(path) + 1)}
    for path in sorted(wanted - set(there), key=lambda each: (len(each), each)):
        there[path] = add(company, path[-1], below=there.get(path[:-1]), by=by, at=at)
    return there


def _above(company: Company, below: Territory | None) -> Territory | None:
    if below is None:
        return None
    parent = Territory.objects.select_for_update(no_key=True).get(pk=below.pk)
    if parent.company_id != company.pk:
        raise ForeignTerritory(field="parent")
    return parent


def _named(name: str) -> str:
    if not (found := one_line(name, LONGEST)):
        raise TerritoryUnnamed(field="name")
    return found


def _levels(row: Territory) -> int:
    """How many levels the area and all below it have."""
    paths = Territory.objects.filter(company=row.company_id, path__within=row.path)
    above = str(row.path).count(".")
    steps = [str(path).count(".") for path in paths.values_list("path", flat=True)]
    return max(steps) - above + 1


def _require_shallow(parent: Territory | None, *, levels: int) -> None:
    above = parent.path.count(".") + 1 if parent else 0
    if above + levels > DEEPEST:
        raise TreeTooDeep(field="parent", most=DEEPEST)


def _path(parent: Territory | None, row: Territory) -> str:
    return f"{parent.path}.{row.pk}" if parent else str(row.pk)


def _record(row: Territory, *, by: Actor, at: datetime) -> None:
    event = TerritoryPlaced(company_id=row.company_id, territory_id=row.pk)
    journal.record(event, by=by, at=at)
