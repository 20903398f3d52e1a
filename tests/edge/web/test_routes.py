"""Every route for every role: who is let in, who finds nothing, who is asked to sign in."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from ambidesk.ground.kernel.routes import Door, Route, all_routes
from ambidesk.parties.staff.hiring import join_teams
from ambidesk.wiring import routes as wired
from tests.called_in import COLD_WORD
from tests.clients import CHAIN_WORD, HOUSE_WORD
from tests.edge.web.house import House, reader_of, standing_house
from tests.edge.web.things import Things
from tests.house.matrix import NOT_YET, ROLES, who_may

# The wired addresses: imported, they stand in the table.
assert wired.urlpatterns
ROUTES = {route.name: route for route in all_routes() if not route.name.startswith("tests-")}
# What Django itself writes beside a view: the session, and when it was used.
BESIDE = ("django_session", "usersessions_usersession", "SAVEPOINT", "reach_user")
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "MERGE")
LOCKS = ("FOR UPDATE", "FOR NO KEY UPDATE")
SIGN_IN = "/account/login/"
# Each test in a savepoint of its own, inside the one transaction of the house.
pytestmark = pytest.mark.django_db


# Who must not read which word, wherever they look.
CANARIES = (
    ("client", HOUSE_WORD),
    ("stranger", CHAIN_WORD),
    ("contractor", CHAIN_WORD),
    ("client", COLD_WORD),
)


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Built once: every question leaves it as it was."""
    with django_db_blocker.unblock(), standing_house() as built:
        yield built


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_route_lets_in_just_those_whom_the_matrix_names(name: str, house: House) -> None:
    route = ROUTES[name]
    wrong = []
    for method in route.views:
        for role in ROLES:
            answer = _asked(house.people[role], route, method, house.things)
            expected = _expected(route, method, role)
            if not expected(answer):
                wrong.append(f"{method} as {role}: {answer.status_code} {answer.get('Location')}")
    assert wrong == []


@pytest.mark.parametrize("name", sorted(n for n, route in ROUTES.items() if "GET" in route.views))
def test_reading_writes_nothing(name: str, house: House) -> None:
    who = "operator" if name in {"view", "mfa_deactivate_totp"} else reader_of(name)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        house.people[who].get(house.things.address_of(ROUTES[name]))
    written = [
        query["sql"]
        for query in asked.captured_queries
        if (
            query["sql"].lstrip("( ").upper().startswith(WRITES)
            or any(lock in query["sql"] for lock in LOCKS)
        )
        and not any(table in query["sql"] for table in BESIDE)
    ]
    assert written == []


@pytest.mark.parametrize(
    "name",
    sorted(
        n
        for n, route in ROUTES.items()
        if set(route.views) - {"GET"} and route.right not in {Door.BEARER, Door.MACHINE, Door.OPEN}
    ),
)
def test_a_change_needs_the_token_of_an_own_page(name: str, house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.cast.admin.user)
    address = house.things.address_of(ROUTES[name])
    for method in set(ROUTES[name].views) - {"GET"}:
        assert client.generic(method, address).status_code == 403


@pytest.mark.parametrize("name", sorted(ROUTES))
@pytest.mark.parametrize("role, word", CANARIES)
def test_a_client_reads_no_word_of_another_company(
    name: str, role: str, word: str, house: House
) -> None:
    for method in ROUTES[name].views:
        answer = _asked(house.people[role], ROUTES[name], method, house.things)
        content = b"".join(answer) if answer.streaming else answer.content
        assert word.encode() not in content, method
        assert word not in str(answer.headers), method


@pytest.mark.parametrize("name", ["ticket-merge", "ticket-move", "ticket-links"])
def test_a_body_cannot_name_what_its_sender_does_not_see(name: str, house: House) -> None:
    """What is there and cannot be seen is answered as what is not there."""
    foreign = house.cast.ticket("A lift is stuck", channel=house.cast.lift_mail)
    address = house.things.address_of(ROUTES[name])
    answers = {
        number: house.people["operator"].post(address, {"other": number, "message": 1})
        for number in (foreign.number, 987_654)
    }
    said = {
        (answer.status_code, _words(answer).replace(str(number), "N"))
        for number, answer in answers.items()
    }
    assert len(said) == 1
    assert said.pop()[0] in {404, 422}


def test_a_link_to_a_ticket_of_another_brand_shows_nothing_of_it(house: House) -> None:
    foreign = house.cast.ticket(
        "A lift is stuck", channel=house.cast.lift_mail, subject="Secret lift"
    )
    link = {"other": foreign.number}
    house.people["administrator"].post(house.things.address_of(ROUTES["ticket-links"]), link)
    address = house.things.address_of(ROUTES["ticket"])
    assert "Secret lift" in house.people["administrator"].get(address).content.decode()
    assert "Secret lift" not in house.people["operator"].get(address).content.decode()


def test_who_leaves_a_team_loses_its_tickets_at_once(house: House) -> None:
    address = house.things.address_of(ROUTES["ticket"])
    assert house.people["operator"].get(address).status_code == 200
    join_teams(house.cast.olga, [], by=house.cast.actor(house.cast.admin), at=house.cast.at)
    assert house.people["operator"].get(address).status_code == 404


def _asked(client: Client, route: Route, method: str, things: Things) -> HttpResponse:
    """Ask, and undo whatever it did, so that each role finds the same desk."""
    cache.clear()
    before = dict(client.cookies)
    with transaction.atomic():
        answer = client.generic(
            method,
            things.address_of(route),
            urlencode(things.bodies.get(route.name, {})),
            content_type="application/x-www-form-urlencoded",
        )
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(before)
    return answer  # type: ignore[return-value]  # a response of Django's client


def _words(answer: HttpResponse) -> str:
    page = answer.content.decode()
    return page[page.index("<main") : page.index("</main")]


def _expected(route: Route, method: str, role: str) -> Callable[[HttpResponse], bool]:
    if route.name in NOT_YET:
        return lambda answer: answer.status_code in {302, 401, 404}
    if route.right is Door.BEARER:
        return lambda answer: answer.status_code in {401, 403, 404}
    if role in who_may(route.name, method):
        return _let_in
    if route.right is Door.OPEN:
        return lambda answer: answer.status_code == 403
    if role == "anonymous" and route.right not in {Door.PUBLIC, Door.MACHINE}:
        return _sent_to_sign_in if method == "GET" else _turned_away
    return _finds_nothing


def _let_in(answer: HttpResponse) -> bool:
    inside = answer.status_code in {200, 204, 302, 303, 400, 409, 422}
    return inside and not answer.get("Location", "").startswith(SIGN_IN + "?")


def _sent_to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(SIGN_IN + "?next=")


def _turned_away(answer: HttpResponse) -> bool:
    return answer.status_code == 401


def _finds_nothing(answer: HttpResponse) -> bool:
    return answer.status_code == 404
