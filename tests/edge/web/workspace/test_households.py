"""Households on the card of a person and of a ticket, made and changed by hand."""

import pytest
from django.test import Client

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.housing import house
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Household, Identity, IdentityKind, Join
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def somebody(cast: Cast, name: str) -> Identity:
    """Somebody who wrote to the shop."""
    value = f"{name.lower()}@example.org"
    caller = Caller(kind=IdentityKind.EMAIL, value=value, name=name)
    found = meet(caller, by=SYSTEM, at=cast.at)
    cast.ticket(f"From {name}", sender=found)
    return found


def test_a_household_is_put_together_by_address_and_taken_apart(cast: Cast, olga: Client) -> None:
    asya, bert = somebody(cast, "Asya"), somebody(cast, "Bert")
    page = f"/people/{asya.person_id}"
    said = {"name": "Petrov", "who": "BERT@example.org"}
    assert olga.post(f"{page}/household", said).status_code == 303
    shown = olga.get(page).content.decode()
    assert "Household: Petrov" in shown
    assert f'href="/people/{bert.person_id}"' in shown
    assert not Join.objects.exists()
    ticket = cast.ticket("Again", sender=bert)
    card = olga.get(f"/tickets/{ticket.number}").content.decode()
    assert "Household: Petrov" in card
    assert f'<a href="/people/{asya.person_id}">Asya</a>' in card
    olga.post(f"{page}/household", {"name": "Sidorov", "who": ""})
    assert "Household: Sidorov" in olga.get(page).content.decode()
    answer = olga.post(f"/people/{bert.person_id}/household/departure", {"back": asya.person_id})
    assert answer["Location"] == page
    assert not Household.objects.exists()


def test_nobody_out_of_sight_is_found_or_shown(cast: Cast, olga: Client, lev: Client) -> None:
    asya = somebody(cast, "Asya")
    somebody(cast, "Bert")
    caller = Caller(kind=IdentityKind.EMAIL, value="liza@example.org", name="Liza Lift")
    liza = meet(caller, by=SYSTEM, at=cast.at)
    page = f"/people/{asya.person_id}"
    for who in ("liza@example.org", f"#{liza.person_id}", "nobody at all", "#999999999"):
        olga.post(f"{page}/household", {"name": "Petrov", "who": who})
    assert not Household.objects.exists()
    house(asya.person, liza.person, name="Petrov", by=SYSTEM, at=cast.at)
    assert "Liza Lift" not in olga.get(page).content.decode()
    ticket = cast.ticket("Again", sender=asya)
    assert "Liza Lift" not in olga.get(f"/tickets/{ticket.number}").content.decode()
    assert (
        lev.post(f"{page}/household", {"name": "X", "who": "bert@example.org"}).status_code == 404
    )
