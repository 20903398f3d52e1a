"""The builder of conditions: what it is told, and what it says, wherever it stands."""

import json
from typing import Any

import pytest
from django import forms
from django.test import Client

from ambidesk.edge.web.ui.conditions import ConditionField
from tests.cast import Cast

OFTEN = {
    "relation": "person_tickets",
    "quantity": "at_least",
    "number": 3,
    "within": {"amount": 90, "unit": "days"},
}
URGENT = {"field": "priority", "operator": "is", "value": 4}
CHOSEN = {"all": [URGENT, OFTEN]}


@pytest.fixture
def olga(cast: Cast) -> Client:
    """An operator of the shop."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.olga.user)
    return client


def said(client: Client, condition: object) -> dict[str, Any]:
    answer = client.post("/conditions/ticket", {"condition": json.dumps(condition)})
    return dict(answer.json())


def test_the_builder_is_told_what_can_be_counted_and_asked_of_it(olga: Client) -> None:
    told = olga.get("/conditions/ticket").json()
    relations = {each["name"]: each for each in told["relations"]}
    assert {"person_tickets", "messages", "ratings"} <= set(relations)
    for each in relations.values():
        assert told["related"][each["of"]]["fields"]


def test_a_condition_is_said_in_a_sentence(olga: Client) -> None:
    words = said(olga, CHOSEN)["words"]
    assert (
        words == "Priority is Urgent and Tickets of the requester: at least 3 in the last 90 days"
    )
    assert said(olga, {"all": []}) == {"words": "", "problem": ""}


def test_what_makes_no_sense_is_said_as_well(olga: Client) -> None:
    assert "salary" in said(olga, {"field": "salary", "operator": "is", "value": 1})["problem"]
    assert olga.post("/conditions/ticket", {"condition": "{"}).json()["words"] == ""


def test_there_is_no_vocabulary_of_any_name(olga: Client) -> None:
    assert olga.get("/conditions/salaries").status_code == 404


class Asking(forms.Form):
    """A form with a condition."""

    condition = ConditionField(label="When", required=False)


def test_a_form_gives_what_was_built_and_nothing_where_nothing_is_asked() -> None:
    filled = Asking({"condition": json.dumps(CHOSEN)})
    assert filled.is_valid()
    assert filled.cleaned_data["condition"] == CHOSEN
    for nothing in ("", "null", json.dumps({"all": []})):
        empty = Asking({"condition": nothing})
        assert empty.is_valid()
        assert empty.cleaned_data["condition"] is None
    assert not Asking({"condition": "{"}).is_valid()


def test_what_was_built_comes_back_into_the_form() -> None:
    page = Asking(initial={"condition": CHOSEN}).as_p()
    assert "person_tickets" in page
    assert 'data-url="/conditions/ticket"' in page
