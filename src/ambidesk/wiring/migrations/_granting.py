"""
Granting: the operation of a migration that gives shipped roles the rights of a new package.

Those that landed before it say it in their own words and stay as they are; the next one calls this.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import migrations


def grant(added: Mapping[str, Collection[str]]) -> migrations.RunPython:
    """Give the roles of these keys these rights; taken back, they are without them again."""

    def give(apps: Any, _schema: object) -> None:
        for role in _roles(apps, added):
            _write(role, {*role.rights, *added[role.key]})

    def take(apps: Any, _schema: object) -> None:
        for role in _roles(apps, added):
            _write(role, {*role.rights} - {*added[role.key]})

    return migrations.RunPython(give, take)


def _roles(apps: Any, added: Mapping[str, Collection[str]]) -> Any:
    return apps.get_model("reach", "Role").objects.filter(key__in=added)


def _write(role: Any, rights: set[str]) -> None:
    role.rights = sorted(rights)
    role.save(update_fields=["rights"])
