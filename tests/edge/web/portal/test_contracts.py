"""The contracts of a client: what is read costs the same however much is agreed."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.models import Contract, Package
from ambidesk.service.contracts.packaging import adjust
from ambidesk.service.contracts.rules.deciding import Blocked
from ambidesk.service.contracts.said import LineSaid
from ambidesk.service.contracts.stopping import stop
from tests.cast import Cast
from tests.clients import Clients, make_clients
from tests.edge.web.conftest import Enter
from tests.service.contracts import agreements

pytestmark = pytest.mark.django_db
PAGE = "/portal/contracts/"
# Session and who acts, whom they are told of, contracts with promises and packages, debts and stops.
MOST = 14


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies."""
    return make_clients(cast)


def _agreed(clients: Clients, *packages: str, **details: object) -> Contract:
    at = clients.cast.at
    made = agreements.contract(clients.chain, at, until_on=None, **details)
    every = [agreements.package(made, at, name=name) for name in packages]
    lines = [LineSaid(clause=f"2.{n}", package=each) for n, each in enumerate(every)]
    agreements.draft(made, at, *lines[:1])
    activate(made, by=SYSTEM, at=at)
    return made


def _cost(browser: Client) -> int:
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(PAGE).status_code == 200
    return len(asked)


def test_more_packages_and_entries_are_no_more_questions(clients: Clients, enter: Enter) -> None:
    at, browser = clients.cast.at, enter(clients.user(clients.director))
    _agreed(clients, "Hours")
    stop(clients.chain, blocks=tuple(Blocked), words="Debts", by=SYSTEM, at=at)
    before = _cost(browser)
    assert before <= MOST
    made = Contract.objects.get()
    for name in ("Visits", "Points", "Units"):
        package = agreements.package(made, at, name=name)
        Package.objects.filter(pk=package.pk).update(agreed_at=at)
        for _entry in range(3):
            on = day_of(datetime.now(UTC))
            adjust(package, Decimal(1), on=on, words="Counted", by=SYSTEM, at=at)
    assert _cost(browser) == before
    page = browser.get(PAGE).content.decode()
    assert page.count("<meter") == 4
    assert "7 of 10" in page


def test_another_companys_contract_is_not_among_them(clients: Clients, enter: Enter) -> None:
    _agreed(clients, "Hours of the chain", number="C-1")
    agreements.in_force(clients.house, clients.cast.at, number="H-1", until_on=None)
    for who, own, foreign in (
        (clients.director, "C-1", "H-1"),
        (clients.owner, "H-1", "C-1"),
        (clients.director, "C-1", "H-1"),
    ):
        page = enter(clients.user(who)).get(PAGE).content.decode()
        assert own in page
        assert foreign not in page
