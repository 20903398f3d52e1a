"""A desk at noon: what happened half an hour ago happened today, whenever the tests run."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings as DjangoSettings

from ambidesk.parties.staff.models import Member
from tests.cast import Cast, hired
from tests.support.channels.mail.relays import Relay
from tests.support.channels.mail.relays import relay as serving

NOON = 12


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def leader(desk: Cast) -> Member:
    """Who leads the shop's team."""
    return hired("Lena Lead", "team_lead", desk.shop_team, at=desk.at)


@pytest.fixture
def relay(settings: DjangoSettings) -> Iterator[Relay]:
    """The server by which mails of reports leave."""
    with serving() as found:
        settings.SMTP_RELAY = found.url
        yield found


@pytest.fixture(autouse=True)
def noon(db: None, settings: DjangoSettings) -> None:
    """Let the desk stand where it is noon now; its day is that of UTC, as tests read it."""
    ahead = NOON - datetime.now(UTC).hour
    # POSIX names zones by how far they are behind.
    settings.TIME_ZONE = f"Etc/GMT{-ahead:+d}"
