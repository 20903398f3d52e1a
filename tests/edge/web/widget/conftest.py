"""A widget of the shop, with no counters left of another test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.ephemeral.connection import execute
from ambidesk.support.conversations.models import Channel
from tests.cast import Cast
from tests.edge.web.made.settings import widget_of_shop


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
    execute("DELETE FROM ephemeral_counter WHERE key LIKE 'widget:%%'", [])
    yield
    ephemeral.sweep()


@pytest.fixture
def widget(cast: Cast) -> Channel:
    return widget_of_shop(cast)
