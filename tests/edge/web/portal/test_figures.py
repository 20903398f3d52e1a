"""Figures of a territory: counted from what is seen, each opens just its requests."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.sla.keeping import make_promises
from ambidesk.service.sla.models import Clock
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.clients import HOUSE_WORD, Clients, make_clients
from tests.edge.web.conftest import Enter

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies, with requests as of today."""
    return make_clients(cast)


def today(clients: Clients, ticket: Ticket, *, hours: int | None = None) -> Ticket:
    """Let a request be one of these days, solved after so many hours."""
    now = datetime.now(UTC) - HOUR * 48
    if hours is not None:
        solve(ticket, by=SYSTEM, at=clients.cast.at + HOUR)
    solved_at = None if hours is None else now + HOUR * hours
    Ticket.objects.filter(pk=ticket.pk).update(opened_at=now, solved_at=solved_at)
    return ticket


def broken(ticket: Ticket) -> None:
    """Its promise was due an hour ago."""
    promise = make_promises(1, at=datetime.now(UTC))[0]
    Ticket.objects.filter(pk=ticket.pk).update(promise=promise)
    Clock.objects.create(
        promise=promise,
        goal="resolution",
        started_at=datetime.now(UTC) - HOUR * 5,
        due_at=datetime.now(UTC) - HOUR,
        stage="ours",
        work_seconds=4 * 3600,
        used_seconds=0,
    )


def numbers(browser: Client, address: str) -> dict[str, tuple[int, str]]:
    """The figures of the whole territory: what, how many, and where they open."""
    page = browser.get(address).content.decode()
    sums = page[page.index("portal-sums") : page.index("</dl>")]
    found = re.findall(r'href="([^"]*what=(\w+)[^"]*)">(\d+)</a>', sums)
    return {what: (int(number), unescape(url)) for url, what, number in found}


def test_a_manager_sees_the_figures_of_the_territory_and_each_opens_its_requests(
    clients: Clients, enter: Enter
) -> None:
    late = today(clients, clients.ask(clients.shopkeeper, "Freezer", clients.north_shop))
    broken(late)
    today(clients, clients.ask(clients.shopkeeper, "Lamp", clients.north_shop), hours=6)
    today(clients, clients.ask(clients.director, "Door", clients.south_shop))
    today(clients, clients.ask(clients.owner, HOUSE_WORD, clients.house_site))
    browser = enter(clients.user(clients.manager))
    told = numbers(browser, "/portal/figures/")
    assert {what: number for what, (number, _url) in told.items()} == {
        "opened": 2,
        "answered": 0,
        "solved": 1,
        "broken": 1,
        "reopened": 0,
        "open": 1,
    }
    page = browser.get("/portal/figures/").content.decode()
    assert "Shop North" in page
    assert "6 h" in page.replace("\u00a0", " ")
    assert "Shop South" not in page
    assert HOUSE_WORD not in page
    for number, url in told.values():
        behind = browser.get(url).content.decode()
        assert behind.count("portal-subject") == number
    assert "Freezer" in browser.get(told["broken"][1]).content.decode()
    of_south = f"/portal/figures/requests?what=open&site={clients.south_shop.pk}"
    answer = browser.get(of_south).content.decode()
    assert "Shop South" not in answer
    assert "Door" not in answer
    assert browser.get("/portal/figures/requests?what=nothing").status_code == 404
    assert enter(clients.user(clients.shopkeeper)).get("/portal/figures/").status_code == 404


def test_a_director_sees_each_site_by_itself(clients: Clients, enter: Enter) -> None:
    for site, times in ((clients.north_shop, 3), (clients.south_shop, 1)):
        for _time in range(times):
            today(clients, clients.ask(clients.director, "Door", site))
    browser = enter(clients.user(clients.director))
    page = browser.get("/portal/figures/?days=90").content.decode()
    widths = re.findall(r'<rect width="(\d+)"', page)
    assert widths == ["100", "33"]
    asked = f"/portal/figures/requests?what=open&site={clients.north_shop.pk}&days=90"
    assert browser.get(asked).content.decode().count("portal-subject") == 3


def test_more_sites_and_requests_are_no_more_questions(clients: Clients, enter: Enter) -> None:
    browser = enter(clients.user(clients.director))
    browser.get("/portal/figures/")
    counted = []
    for site in (clients.north_shop, clients.south_shop):
        for _time in range(3):
            today(clients, clients.ask(clients.director, "Door", site))
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/portal/figures/").status_code == 200
        # Faces of brands are read anew every while, whatever is asked for.
        sums = [each for each in asked.captured_queries if "tickets_ticket" in each["sql"]]
        counted.append(len(sums))
    assert counted == [2, 2]
