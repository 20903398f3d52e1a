"""Fixtures of the whole suite: a moment, an actor, the standing cast."""

import gc
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck, settings

from ambidesk.ground.kernel import ephemeral, signals
from ambidesk.ground.kernel.ephemeral.connection import execute
from tests.cast import Cast, make_cast

pytest_plugins = ["tests.clones"]
# How quick something is, benches say: a property fails by what comes out, however busy the machine.
settings.register_profile(
    "desk", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("desk")
# A test is one transaction, and computes in between; on a busy machine that took half a minute.
connection.settings_dict["OPTIONS"]["options"] = (
    "-c statement_timeout=10min -c idle_in_transaction_session_timeout=0 -c timezone=UTC"
)
# What a test asks for that has to do with a database server.
SERVED = {"django_db_setup", "template"}
MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what another version of PostgreSQL could answer otherwise."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & SERVED or item.path.parent.name == "commands":
            item.add_marker("database")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Argon2 is slow on purpose; what it does is tested where it matters."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def by_words() -> Iterator[None]:
    """Articles are found by words; by meaning where a test asks for it."""
    with override_settings(EMBEDDINGS_URL="off"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Let go of the connections beside Django's before the database is dropped."""
    yield
    ephemeral.close()
    signals.close()


@pytest.fixture
def cleared() -> Iterator[None]:
    """Have nothing of what the session holds by now walked through while computing is measured."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def at() -> datetime:
    """A Monday morning."""
    return MOMENT


def next_day() -> None:
    """Begin to count anew what is allowed so often a minute, an hour or a day."""
    execute("DELETE FROM ephemeral_counter", [])


@pytest.fixture
def cast(db: None, at: datetime) -> Cast:
    """The standing cast, built through the verbs."""
    # Counted beside Django's transactions, by addresses and places that many tests share.
    next_day()
    return make_cast(at)
