"""A simulated Telegram and a desk with a bot in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from ambidesk.support.channels.telegram.simulator import Person, TelegramSimulator
from tests.cast import Cast
from tests.support.channels.telegram.desk import Desk, connected


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TelegramSimulator]:
    monkeypatch.setattr(settings, "EGRESS_HOSTS", frozenset({"127.0.0.1"}))
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
    with TelegramSimulator() as simulator:
        yield simulator


@pytest.fixture
def desk(cast: Cast, telegram: TelegramSimulator) -> Desk:
    return Desk(cast=cast, channel=connected(cast, telegram), telegram=telegram)


@pytest.fixture
def vera(telegram: TelegramSimulator) -> Person:
    return telegram.person(7001, "Vera", username="vera_v")
