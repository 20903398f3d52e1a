"""Fixtures of the whole suite: a moment, an actor, the standing cast."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import override_settings

from ambidesk.ground.kernel import ephemeral, signals
from tests.cast import Cast, make_cast

pytest_plugins = ["tests.clones"]
MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Argon2 is slow on purpose; what it does is tested where it matters."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Let go of the connections beside Django's before the database is dropped."""
    yield
    ephemeral.close()
    signals.close()


@pytest.fixture
def at() -> datetime:
    """A Monday morning."""
    return MOMENT


@pytest.fixture
def cast(db: None, at: datetime) -> Cast:
    """The standing cast, built through the verbs."""
    return make_cast(at)
