"""Migrations stand in one line a package, whoever landed first."""

from django.db.migrations.loader import MigrationLoader


def test_no_package_has_two_last_migrations() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}
