"""What strangers may send: never a 500, never twice, never more than fits."""

import pytest

from ambidesk.ground.reach.models import Attempt
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.edge.api.machines import Machine
from tests.edge.api.test_tickets import wish

DEEP = b'{"a":' * 100_000 + b"1" + b"}" * 100_000


@pytest.mark.parametrize(
    "body, status",
    [
        (DEEP, 400),
        (b"[" * 30 + b"]" * 30, 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"subject": NaN}', 400),
        (b"1" * 5_000, 400),
        (b'{"subject": "\\u0000"}', 422),
        (b'{"subject": "\\ud800"}', 422),
        (b'"' + b"x" * 1_100_000 + b'"', 413),
        (b"[]", 422),
        (b"null", 422),
    ],
)
def test_no_body_breaks_anything(body: bytes, status: int, cast: Cast, shop: Machine) -> None:
    said = shop.ask("POST", "tickets", body)
    assert said.status == status
    assert said.headers["Content-Type"] == "application/problem+json"
    assert said.body["request_id"]


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "abc", "-1", "1.5"])
def test_an_invented_number_is_not_found_or_refused(number: str, cast: Cast, shop: Machine) -> None:
    said = shop.get(f"tickets/{number}")
    assert said.status in {404, 422}
    assert said.headers["Content-Type"] == "application/problem+json"


def test_a_method_that_there_is_not_is_named_so(cast: Cast, shop: Machine) -> None:
    said = shop.ask("PUT", "tickets")
    assert (said.status, said.body["code"]) == (405, "method-not-allowed")
    assert "POST" in said.headers["Allow"]


def test_the_same_key_does_it_once(cast: Cast, shop: Machine) -> None:
    first = shop.post("tickets", wish(cast), Idempotency_Key="a")
    again = shop.post("tickets", wish(cast), Idempotency_Key="a")
    assert first.status == again.status == 201
    assert first.body == again.body
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Ticket.objects.count() == 1


def test_the_same_key_for_something_else_is_a_mistake(cast: Cast, shop: Machine) -> None:
    shop.post("tickets", wish(cast), Idempotency_Key="a")
    said = shop.post("tickets", wish(cast, subject="Other"), Idempotency_Key="a")
    assert (said.status, said.body["code"]) == (422, "name-reused")


def test_what_was_refused_can_be_tried_again_under_its_key(cast: Cast, shop: Machine) -> None:
    wrong = shop.post("tickets", wish(cast, subject=""), Idempotency_Key="a")
    right = shop.post("tickets", wish(cast), Idempotency_Key="a")
    assert (wrong.status, right.status) == (422, 201)


def test_keys_of_two_machines_do_not_meet(cast: Cast, shop: Machine, lifts: Machine) -> None:
    shop.post("tickets", wish(cast), Idempotency_Key="a")
    said = lifts.post("tickets", wish(cast, brand_id=cast.lifts.pk), Idempotency_Key="a")
    assert said.status == 201
    assert Ticket.objects.count() == 2


def test_no_other_site_may_read_answers(cast: Cast, shop: Machine) -> None:
    said = shop.get("tickets", Origin="https://elsewhere.example")
    assert not [name for name in said.headers if name.startswith("Access-Control")]
    assert said.headers["Cache-Control"] == "private, no-store"


def test_a_secret_is_told_once_and_not_kept(cast: Cast, shop: Machine) -> None:
    said = {"name": "Shop", "url": "https://example.org/hook", "kinds": ["tickets.opened"]}
    hook = shop.post("webhooks", {**said, "brand_id": cast.shop.pk}).body["id"]
    first = shop.post(f"webhooks/{hook}/secret", Idempotency_Key="a")
    again = shop.post(f"webhooks/{hook}/secret", Idempotency_Key="a")
    assert (first.status, again.status, again.body["code"]) == (201, 409, "answer-forgotten")
    assert first.body["secret"] not in str(list(Attempt.objects.values()))
