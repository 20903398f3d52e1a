"""Knowing: which teams, colleagues and categories of this desk the names of a file mean."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from ambidesk.across.importing.rules.histories import History
from ambidesk.across.importing.rules.mapping import Kind, Mapping
from ambidesk.across.importing.rules.rows import Fault, Problem, Row
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.forming import form_team
from ambidesk.parties.staff.models import Member, Team
from ambidesk.parties.staff.remembering import remember_many
from ambidesk.service.catalogue.arranging import arrange_category
from ambidesk.service.catalogue.models import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What names mean here."""

    teams: dict[str, Team] = field(default_factory=dict)
    staff: dict[str, Member] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)


def known() -> Known:
    """Read what there is; of two with one name those in use go first, then the older."""
    teams = Team.objects.order_by("archived_at", "-pk")
    members = Member.objects.select_related("user").order_by("user__is_active", "-pk")
    staff = {name: each for each in members for name in (each.user.name, each.user.email) if name}
    categories = Category.objects.order_by("archived_at", "-pk")
    return Known(
        teams={each.name: each for each in teams},
        staff=staff,
        categories={each.name: each for each in categories},
    )


def missing(histories: Iterable[History], here: Known, *, mapping: Mapping) -> list[Problem]:
    """Say whom and what the file names that is not here and that the mapping lets nobody make."""
    return [
        problem
        for history in histories
        for row in history.rows
        for problem in _missing(row, here, mapping)
    ]


def named(histories: Iterable[History], here: Known) -> tuple[set[str], set[str], set[str]]:
    """Give the names of teams, colleagues and categories that are in the file and not here."""
    rows = [row for history in histories for row in history.rows]
    teams = {row.team for row in rows if row.team} - set(here.teams)
    staff = {row.assignee for row in rows if row.assignee} | {
        row.actor for row in rows if row.actor
    }
    categories = {row.category for row in rows if row.category} - set(here.categories)
    return teams, staff - set(here.staff), categories


def make_missing(
    histories: Iterable[History],
    here: Known,
    *,
    mapping: Mapping,
    brand: Brand,
    by: Actor,
    at: datetime,
) -> Known:
    """Make what the mapping says may be made: teams of the brand, former colleagues, categories."""
    teams, staff, categories = named(histories, here)
    made = replace(here, teams={**here.teams}, staff={**here.staff}, categories={**here.categories})
    if "teams" in mapping.creates:
        for name in sorted(teams):
            made.teams[name] = form_team(None, name=name, brands=[brand], members=[], by=by, at=at)
    if "staff" in mapping.creates:
        made.staff.update(remember_many(staff, by=by, at=at))
    if "categories" in mapping.creates:
        for name in sorted(categories):
            made.categories[name] = arrange_category(
                None, name=name, parent=None, brand=None, by=by, at=at
            )
    return made


def _missing(row: Row, here: Known, mapping: Mapping) -> list[Problem]:
    asked = (
        (row.team, here.teams, "teams", Fault.UNKNOWN_TEAM),
        (row.assignee, here.staff, "staff", Fault.UNKNOWN_STAFF),
        (row.category, here.categories, "categories", Fault.UNKNOWN_CATEGORY),
        # Who changed something may be a stranger; who answered must be one of us.
        (row.actor if row.kind is Kind.ANSWER else "", here.staff, "staff", Fault.UNKNOWN_STAFF),
    )
    return [
        Problem(fault=fault, line=row.line, ticket=row.ticket, value=name)
        for name, there, created, fault in asked
        if name and name not in there and created not in mapping.creates
    ]
