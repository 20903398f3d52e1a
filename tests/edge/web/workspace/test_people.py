"""Persons who may be one, on screen: proposed, looked at side by side, joined, taken apart."""

import pytest
from django.urls import reverse

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.joining import join
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind, Join, Person, Resemblance
from ambidesk.parties.people.recognising.proposing import propose
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.parties import parties_of


@pytest.fixture
def client(client, cast):
    client.force_login(cast.olga.user)
    return client


@pytest.fixture
def pair(cast):
    at = cast.at
    mail = Caller(
        kind=IdentityKind.EMAIL,
        value="anna.verbitskaya@example.org",
        name="Anna Verbitskaya",
        is_verified=True,
    )
    chat = Caller(
        kind=IdentityKind.MESSENGER,
        value="telegram:77",
        name="Аня Вербицкая",
        display="@anna_verbitskaya",
        is_verified=True,
    )
    first, second = meet(mail, by=SYSTEM, at=at), meet(chat, by=SYSTEM, at=at)
    cast.ticket("My parcel is late", sender=first, subject="Late parcel")
    cast.ticket("Hello, the parcel", sender=second, subject="Telegram")
    propose([first.person_id, second.person_id], at=at)
    return Resemblance.objects.get()


def test_a_proposal_is_listed_with_its_reasons(client, pair):
    page = client.get(reverse("likenesses")).content.decode()
    assert "Anna Verbitskaya" in page
    assert "same surname in another spelling" in page


def test_both_stand_side_by_side_with_what_agrees_marked(client, pair):
    page = client.get(reverse("likeness", args=[pair.pk])).content.decode()
    assert "anna.verbitskaya@example.org" in page
    assert "Telegram: @anna_verbitskaya" in page
    assert "Late parcel" in page
    assert 'data-mark="same"' in page


def test_joined_they_are_one_person_with_all_tickets_and_one_name(client, pair):
    answer = client.post(reverse("likeness-join", args=[pair.pk]))
    assert answer.status_code == 303
    page = client.get(answer["Location"]).content.decode()
    assert "Late parcel" in page
    assert "telegram:77" in page
    second = client.get(reverse("person", args=[pair.other_id]))
    assert second["Location"] == reverse("person", args=[pair.one_id])
    inbox = client.get(reverse("inbox", args=["all"])).content.decode()
    assert "Аня Вербицкая" not in inbox
    assert client.get(reverse("likenesses")).content.decode().count("likeness-strength") == 0


def test_taken_apart_each_has_their_own_again(client, pair):
    client.post(reverse("likeness-join", args=[pair.pk]))
    answer = client.post(reverse("person-join-undoing", args=[Join.objects.get().pk]))
    page = client.get(answer["Location"]).content.decode()
    assert "telegram:77" not in page
    assert Resemblance.objects.waiting().count() == 1


def test_the_card_of_a_ticket_leads_to_who_may_be_the_same(client, pair):
    ticket = Ticket.objects.get(subject="Telegram")
    link = f'href="{reverse("likeness", args=[pair.pk])}"'
    assert link in client.get(f"/tickets/{ticket.pk}").content.decode()
    client.post(reverse("likeness-join", args=[pair.pk]))
    assert link not in client.get(f"/tickets/{ticket.pk}").content.decode()


def test_not_the_same_is_remembered_and_can_be_taken_back(client, pair):
    answer = client.post(reverse("likeness-difference", args=[pair.pk]))
    assert answer["Location"] == reverse("likenesses")
    assert Resemblance.objects.waiting().count() == 0
    client.post(reverse("likeness-reconsideration", args=[pair.pk]))
    assert Resemblance.objects.waiting().count() == 1


def test_who_serves_another_brand_sees_no_proposal_and_decides_nothing(client, cast, pair):
    client.force_login(cast.lev.user)
    assert "Verbitskaya" not in client.get(reverse("likenesses")).content.decode()
    assert client.get(reverse("likeness", args=[pair.pk])).status_code == 404
    assert client.post(reverse("likeness-join", args=[pair.pk])).status_code == 404
    assert Join.objects.count() == 0


def test_a_part_with_another_brand_is_not_shown_by_the_join(client, cast):
    here = cast.ticket("For the shop")
    there = cast.ticket(
        "For the lifts", sender=cast.boris, channel=cast.lift_mail, thread_key="lift"
    )
    join(here.requester, there.requester, by=SYSTEM, at=cast.at)
    page = client.get(reverse("person", args=[here.requester_id])).content.decode()
    assert "boris@example.net" not in page
    card = client.get(reverse("ticket", args=[here.pk])).content.decode()
    assert "boris@example.net" not in card


def test_the_card_of_a_ticket_shows_the_tickets_of_both(client, pair):
    join(pair.one, pair.other, by=SYSTEM, at=pair.found_at)
    ticket = Person.objects.get(pk=pair.other_id).tickets.get()
    page = client.get(reverse("ticket", args=[ticket.pk])).content.decode()
    assert "Late parcel" in page
    assert "anna.verbitskaya@example.org" in page


def test_an_answer_can_go_to_a_proved_address_of_either(pair):
    ticket = Person.objects.get(pk=pair.other_id).tickets.get()
    alone = {party.identity.value for party in parties_of(ticket)}
    join(pair.one, pair.other, by=SYSTEM, at=pair.found_at)
    together = {party.identity.value for party in parties_of(ticket)}
    assert together - alone == {"anna.verbitskaya@example.org"}
