"""A machine of the shop, whose key reaches the shop's brand only."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from ambidesk.edge.web.ui import faces
from ambidesk.edge.web.ui.faces import forget_hosts
from ambidesk.ground.reach import scopes
from tests.cast import Cast
from tests.edge.api.machines import Machine, issued


@pytest.fixture(autouse=True)
def no_language_left() -> Iterator[None]:
    """A request leaves its language in the thread; the next test asks for none."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def hosts_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which hosts brands have is asked by the first call of a test, and not by one some seconds on."""
    monkeypatch.setattr(faces, "KEPT_SECONDS", 86_400.0)
    forget_hosts()


@pytest.fixture
def shop(cast: Cast) -> Machine:
    """The shop's own system: every scope, but the shop's brand only."""
    chosen = [scope.key for scope in scopes.all_scopes() if scope.key != "brands:all"]
    return Machine(token=issued(chosen, brands=[cast.shop.pk], at=cast.at).token)


@pytest.fixture
def lifts(cast: Cast) -> Machine:
    """The system of the other brand."""
    chosen = [scope.key for scope in scopes.all_scopes() if scope.key != "brands:all"]
    return Machine(token=issued(chosen, brands=[cast.lifts.pk], at=cast.at).token)
