"""Shipped roles hold on a desk that was set up long ago what they hold on a new one."""

from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ambidesk.ground.reach.models import Role
from ambidesk.wiring import migrations
from ambidesk.wiring.roles import shipped

FIRST = ("wiring", "0001_shipped_roles")
# What the first release knew; a right that is not here needs a migration that gives it.
RIGHTS_AT_FIRST = frozenset(
    "brands.manage catalogue.manage conversations.manage_channels conversations.see_problems"
    " people.describe people.erase people.see reach.manage reach.see_everything"
    " staff.manage_teams tickets.answer tickets.regroup tickets.see tickets.work".split()
)


def migrated(*targets: tuple[str, str]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([*targets])


def given_by_migrations(key: str) -> set[str]:
    """The rights that migrations after the first one give to a role."""
    given: set[str] = set()
    for path in sorted(Path(migrations.__path__[0]).glob("0*.py")):
        module = import_module(f"{migrations.__name__}.{path.stem}")
        given |= getattr(module, "ADDED", {}).get(key, set())
    return given


@pytest.mark.parametrize("key", sorted(shipped()))
def test_every_right_of_a_shipped_role_reaches_desks_that_were_set_up_before(key: str) -> None:
    _name, rights = shipped()[key]
    assert set(rights) - RIGHTS_AT_FIRST == given_by_migrations(key)


@pytest.mark.django_db
def test_an_older_desk_gets_the_rights_of_today_and_keeps_its_own_choices() -> None:
    leaf = max(
        name for app, name in MigrationExecutor(connection).loader.graph.nodes if app == "wiring"
    )
    migrated(FIRST)
    older = {role.key: set(role.rights) for role in Role.objects.all()}
    assert "insight.see" not in older["team_lead"]
    assert "feedback.manage" not in older["administrator"]
    # An administrator of the older desk had given operators more, and readers less.
    Role.objects.filter(key="operator").update(
        rights=[*older["operator"], "conversations.see_problems"]
    )
    migrated(("wiring", leaf))
    now = {role.key: set(role.rights) for role in Role.objects.all()}
    assert now["team_lead"] == set(shipped()["team_lead"][1])
    assert now["administrator"] == set(shipped()["administrator"][1])
    assert now["reader"] == set(shipped()["reader"][1])
    assert now["operator"] == {*shipped()["operator"][1], "conversations.see_problems"}
