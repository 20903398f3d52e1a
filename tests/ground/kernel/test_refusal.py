"""Refusals answer in words: to a person, to a fragment, to a machine."""

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import AboveLimit, InvalidInput, NotEntitled, Refusal
from ambidesk.ground.kernel.refusals import RefusalMiddleware


class AlreadyBroken(Refusal):
    sentence = _("Ticket %(number)s — уже сломан.")


def answer(request: HttpRequest, refusal: Exception) -> HttpResponse:
    made = RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, refusal)
    assert made is not None
    return made


def test_a_refusal_says_its_sentence_with_its_facts() -> None:
    assert str(AlreadyBroken(number=7)) == "Ticket 7 — уже сломан."
    assert AlreadyBroken(number=7).code == "already-broken"


def test_a_refusal_without_facts_says_its_plain_sentence() -> None:
    assert str(NotEntitled()) == "You are not entitled to do this."


@pytest.mark.parametrize(
    "refusal,status",
    [(Refusal, 409), (InvalidInput, 422), (NotEntitled, 403), (AboveLimit, 403)],
)
def test_each_kind_has_its_status(refusal: type[Refusal], status: int) -> None:
    assert refusal.status == status


def test_a_fragment_gets_a_toast_and_stays_as_it_is() -> None:
    request = RequestFactory().post("/", headers={"HX-Request": "true"})
    response = answer(request, AlreadyBroken(number=7))
    assert (response.status_code, response["HX-Reswap"]) == (409, "none")
    assert response["HX-Trigger"].isascii()
    assert json.loads(response["HX-Trigger"])["toast"]["message"] == "Ticket 7 — уже сломан."


def test_a_machine_gets_code_sentence_and_field() -> None:
    request = RequestFactory().post("/", headers={"Accept": "application/json"})
    response = answer(request, InvalidInput(field="email"))
    assert response.status_code == 422
    assert json.loads(response.content) == {
        "code": "invalid-input",
        "sentence": "This cannot be taken as it is.",
        "field": "email",
    }


def test_other_exceptions_go_on_to_the_error_page() -> None:
    middleware = RefusalMiddleware(lambda _request: HttpResponse())
    request = RequestFactory().get("/")
    assert middleware.process_exception(request, ValueError("a fault")) is None
