"""Fixtures of the whole suite: a moment, an actor, the standing cast."""

from datetime import UTC, datetime

import pytest

from tests.cast import Cast, make_cast

pytest_plugins = ["tests.clones"]
MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def at() -> datetime:
    """A Monday morning."""
    return MOMENT


@pytest.fixture
def cast(db: None, at: datetime) -> Cast:
    """The standing cast, built through the verbs."""
    return make_cast(at)
