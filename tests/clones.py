"""Databases of their own, cloned from a template, for what must really commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from ambidesk.edge.commands.tables import migrate
from ambidesk.ground.kernel import signals
from ambidesk.service.contracts.reading import frozen, promises_of, stage_promise, stages_of
from ambidesk.service.sla.terms import _targets, measure_of
from ambidesk.service.workflow.models.process import plan_of
from tests.waiting import PATIENCE_SECONDS


def url_of(name: str) -> str:
    """The address of another database of the tests' cluster."""
    settings = connection.settings_dict
    places = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    given = {key: str(settings[name]) for key, name in places.items() if settings[name]}
    return psycopg.conninfo.make_conninfo(dbname=name, **given)


@contextmanager
def made(template: str) -> Iterator[str]:
    """Make a database and drop it again, whoever is still connected."""
    name = f"clone_{uuid4().hex[:12]}"
    with psycopg.connect(url_of("postgres"), autocommit=True) as session:
        session.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield name
    finally:
        with psycopg.connect(url_of("postgres"), autocommit=True) as session:
            session.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _hang_up() -> None:
    # A line that is not gone yet would be gone on with, and lead to the database before.
    signals.close(seconds=PATIENCE_SECONDS)


def _forget() -> None:
    """Forget what is kept by ids: in another database they name something else."""
    for kept in (measure_of, _targets, frozen, promises_of, stages_of, stage_promise, plan_of):
        kept.cache_clear()


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Point Django, in all threads, at another database."""
    original = connection.settings_dict["NAME"]
    # A test before may have told something of that database, and its line would be gone on with.
    _hang_up()
    connection.close()
    connection.settings_dict["NAME"] = name
    _forget()
    try:
        yield
    finally:
        # What is still to be told of this database would be tried for ever once it is gone.
        _hang_up()
        connection.close()
        connection.settings_dict["NAME"] = original
        _forget()


@pytest.fixture(scope="session")
def template(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database with all tables, to which nobody is connected; its name."""
    with django_db_blocker.unblock(), made("template0") as name:
        with pointed_at(name):
            migrate()
        yield name


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, template: str) -> None:
    """Make the database of the tests from the template: Django's own way takes four times as long."""
    connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture
def clone(template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database whose transactions really commit; its name."""
    with django_db_blocker.unblock(), made(template) as name, pointed_at(name):
        yield name
