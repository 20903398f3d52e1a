"""A desk at noon: what happened half an hour ago happened today, whenever the tests run."""

from datetime import UTC, datetime

import pytest
from pytest_django.fixtures import Settings as DjangoSettings

NOON = 12


@pytest.fixture(autouse=True)
def noon(db: None, settings: DjangoSettings) -> None:
    """Let the desk stand where it is noon now; its day is that of UTC, as tests read it."""
    ahead = NOON - datetime.now(UTC).hour
    # POSIX names zones by how far they are behind.
    settings.TIME_ZONE = f"Etc/GMT{-ahead:+d}"
