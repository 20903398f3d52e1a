"""Browsers without a screen: Django's client, as somebody of the cast."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import translation

from ambidesk.edge.web.ui import faces
from ambidesk.edge.web.ui.faces import brand_at, forget_hosts
from ambidesk.ground.reach.models import User
from tests.cast import Cast
from tests.conftest import next_day

PASSWORD = "correct horse battery staple"
Enter = Callable[[User], Client]


def know_hosts() -> None:
    """Read now which hosts brands have: a page whose questions are counted must not be the one."""
    forget_hosts()
    brand_at(RequestFactory().get("/"))


@pytest.fixture(autouse=True)
def nothing_counted(db: None) -> Iterator[None]:
    """Throttles live beside the transaction of a test."""
    cache.clear()
    next_day()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def hosts_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which hosts brands have is asked by the first page of a test, and not by one some seconds on."""
    monkeypatch.setattr(faces, "KEPT_SECONDS", 86_400.0)
    forget_hosts()


@pytest.fixture(autouse=True)
def no_language_left() -> Iterator[None]:
    """A request leaves its language in the thread; the next test asks for none."""
    yield
    translation.deactivate()


@pytest.fixture
def enter() -> Enter:
    """Sign somebody in as a person does."""

    def entered(user: User) -> Client:
        client = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0")
        answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return entered


@pytest.fixture
def admin(enter: Enter, cast: Cast) -> Client:
    """The administrator's browser."""
    return enter(cast.admin.user)


@pytest.fixture
def olga(enter: Enter, cast: Cast) -> Client:
    """An operator's browser."""
    return enter(cast.olga.user)
