"""The tables of a new desk, made in a short way, and those that Django's own command makes."""

from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from ambidesk.edge.commands.tables import migrate
from tests.clones import made, pointed_at, url_of

CATALOGUE: dict[str, LiteralString] = {
    "tables": """
        SELECT relname, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relreplident,
               reloptions, pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid)
          FROM pg_class WHERE relnamespace = 'public'::regnamespace""",
    "columns": """
        SELECT table_name, ordinal_position, column_name, data_type, udt_name,
               character_maximum_length, numeric_precision, numeric_scale, is_nullable,
               column_default, is_identity, generation_expression, collation_name
          FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """
        SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), condeferrable, condeferred
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": """
        SELECT pg_get_functiondef(oid) FROM pg_proc
         WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')""",
    "statistics": "SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext",
    "extensions": "SELECT extname, extversion FROM pg_extension",
    "roles": "SELECT key, rights FROM reach_role",
    "migrations": "SELECT app, name FROM django_migrations",
}


def catalogue(name: str, kind: str) -> list[str]:
    """What a database holds of one kind."""
    with psycopg.connect(url_of(name)) as session:
        return sorted(map(repr, session.execute(CATALOGUE[kind]).fetchall()))


@pytest.fixture(scope="module")
def usual(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database whose tables Django's own command made; its name."""
    with django_db_blocker.unblock(), made("template0") as name:
        with pointed_at(name):
            call_command("migrate", verbosity=0)
        yield name


@pytest.mark.parametrize("kind", CATALOGUE)
def test_the_tables_of_a_new_desk_are_those_of_its_migrations(
    template: str, usual: str, kind: str
) -> None:
    assert catalogue(template, kind) == catalogue(usual, kind)


def test_there_are_tables_to_compare(template: str) -> None:
    assert all(catalogue(template, kind) for kind in CATALOGUE)


def test_making_what_is_there_already_changes_nothing(clone: str) -> None:
    before = catalogue(clone, "migrations")
    migrate()
    assert catalogue(clone, "migrations") == before
