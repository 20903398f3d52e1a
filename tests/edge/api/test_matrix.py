"""Every operation for every key: who is let in, who lacks a scope, who finds nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from ambidesk.edge.api.operations import PREFIX, rules
from ambidesk.ground.kernel.routes import all_routes
from ambidesk.ground.reach import scopes
from ambidesk.wiring import routes as wired
from tests.cast import make_cast
from tests.conftest import MOMENT
from tests.edge.api.machines import Machine, issued
from tests.edge.api.things import make_api_things
from tests.edge.web.things import Things
from tests.house.matrix import KEYS

assert wired.urlpatterns
ROUTES = {route.name: route for route in all_routes() if route.name in KEYS}
CASES = [(name, method) for name, methods in KEYS.items() for method in methods]
pytestmark = pytest.mark.django_db
# Whatever comes of the body and the named thing: the door was open.
INSIDE = {200, 201, 204, 400, 404, 409, 415, 422}
# What the verb refuses to this one key, the door had let in.
ASKED_WITHIN = {"for-all-brands", "not-of-all-brands"}


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A desk with one of each thing, a key that opens each, and one of all other scopes."""

    things: Things
    other: Machine
    keys: dict[frozenset[str], Machine]


def _narrowest(right: str | None) -> frozenset[str]:
    """One scope that opens it, or any where every key may come."""
    return frozenset([scopes.scopes_with(right)[0] if right else "behalf"])


def _others(right: str | None) -> frozenset[str]:
    """All scopes that do not hold the right, together."""
    holding = scopes.scopes_with(right) if right else ()
    return frozenset(each.key for each in scopes.all_scopes() if each.key not in holding)


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Built once: every question leaves it as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(MOMENT)
        client = Client()
        client.force_login(cast.olga.user)
        chosen = [scope.key for scope in scopes.all_scopes()]
        narrow = [each for each in chosen if each != "brands:all"]
        wanted = {of(rule.right) for rule in rules().values() for of in (_narrowest, _others)}
        keys = {
            each: Machine(token=issued(sorted(each), brands=[cast.shop.pk], at=MOMENT).token)
            for each in wanted
        }
        yield House(
            things=make_api_things(cast, client),
            keys=keys,
            other=Machine(token=issued(narrow, brands=[cast.lifts.pk], at=MOMENT).token),
        )
        transaction.set_rollback(True)


def test_every_operation_stands_in_the_matrix() -> None:
    declared = {(name, method) for name, route in ROUTES.items() for method in route.views}
    assert sorted(CASES) == sorted(declared)
    assert len(declared) == len(rules())


@pytest.mark.parametrize("name, method", CASES)
def test_a_key_enters_with_its_scope_only(name: str, method: str, house: House) -> None:
    """The narrowest scope opens the door; all the scopes without the right together do not."""
    address = house.things.address_of(ROUTES[name])
    right, narrowest = (
        rules()[method, ROUTES[name].pattern.removeprefix(PREFIX)].right,
        KEYS[name][method],
    )
    assert (right is None) == (narrowest is None)
    let_in = house.keys[_narrowest(right)]
    with transaction.atomic():
        said = let_in.ask(method, address)
        transaction.set_rollback(True)
    assert said.status in INSIDE or said.body["code"] in ASKED_WITHIN, said.body
    if right is None:
        return
    assert narrowest == scopes.scopes_with(right)[0]
    with transaction.atomic():
        said = house.keys[_others(right)].ask(method, address)
        transaction.set_rollback(True)
    assert (said.status, said.body["code"]) == (403, "scope-missing"), said.body


@pytest.mark.parametrize("name, method", CASES)
def test_nobody_enters_without_a_key(name: str, method: str, house: House) -> None:
    said = Machine(token="").ask(method, house.things.address_of(ROUTES[name]))
    assert said.status == 401
    said = Machine(token="ambidesk_00000000_" + "x" * 43).ask(
        method, house.things.address_of(ROUTES[name])
    )
    assert said.status == 401


@pytest.mark.parametrize(
    "name, method", [case for case in CASES if "<int:number>" in ROUTES[case[0]].pattern]
)
def test_the_key_of_another_brand_finds_no_ticket(name: str, method: str, house: House) -> None:
    said = house.other.ask(method, house.things.address_of(ROUTES[name]), {})
    assert said.status in {404, 422}
    if method in {"GET", "DELETE"}:
        assert said.status == 404
