"""One question tells a program who calls; it asks by one thing, and gets what its key reaches."""

from urllib.parse import quote

import pytest

from tests.across.context.circle import PHONE, make_circle
from tests.cast import Cast
from tests.edge.api.machines import Machine

pytestmark = pytest.mark.django_db


def test_the_context_of_a_caller_is_one_question(cast: Cast, shop: Machine) -> None:
    circle = make_circle(cast)
    said = shop.get(f"context?phone={quote(PHONE)}")
    assert said.status == 200
    assert [each["why"] for each in said.body["finds"]] == ["phone number"]
    assert said.body["card"]["company"]["id"] == circle.clients.chain.pk
    assert shop.get("context?name=shop").body["card"] is None
    key = shop.get("context?serial=SN-0042").body["finds"][0]["key"]
    assert shop.get(f"context?name=shop&of={key}").body["card"]["assets"][0]["is_here"]


@pytest.mark.parametrize("asked", ["", "?phone=1&name=x", "?who=x"])
def test_a_question_by_nothing_by_two_things_or_by_another_is_a_problem(
    asked: str, shop: Machine
) -> None:
    said = shop.get(f"context{asked}")
    assert (said.status, said.headers["Content-Type"]) == (422, "application/problem+json")
