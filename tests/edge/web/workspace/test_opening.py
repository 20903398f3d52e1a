"""A ticket by hand: the caller is known while somebody types, nothing typed is lost."""

from django.test import Client

from ambidesk.support.tickets.models import State, Ticket
from tests.cast import Cast
from tests.edge.web.workspace.conftest import HTMX, text_of


def test_a_caller_is_found_by_a_part_of_name_or_address(olga: Client, cast: Cast) -> None:
    cast.ticket()
    for typed in ("petro", "anna@ex", "Anna"):
        found = text_of(olga.get("/callers", {"q": typed}, headers=HTMX))
        assert 'data-value="anna@example.org"' in found


def test_nobody_finds_persons_of_brands_they_do_not_serve(lev: Client, cast: Cast) -> None:
    cast.ticket()
    assert "anna" not in text_of(lev.get("/callers", {"q": "petrova"}, headers=HTMX))
    assert "Anna" not in text_of(lev.get("/callers/one", {"address": "anna@example.org"}))


def test_a_known_caller_is_shown_with_what_they_asked_before(olga: Client, cast: Cast) -> None:
    cast.ticket(subject="Blue parcel")
    shown = text_of(olga.get("/callers/one", {"address": "ANNA@example.org"}, headers=HTMX))
    assert "Anna Petrova" in shown
    assert "Blue parcel" in shown


def test_a_request_by_phone_becomes_a_ticket_of_mine_with_what_was_said(
    olga: Client, cast: Cast
) -> None:
    typed = {
        "brand": cast.shop.pk,
        "address": "+7 999 123-45-67",
        "name": "Pyotr",
        "subject": "Lamp is broken",
        "text": "Since yesterday",
        "priority": 2,
        "mine": "on",
    }
    opened = olga.post("/tickets/new", typed)
    ticket = Ticket.objects.get()
    assert opened.headers["Location"] == f"/tickets/{ticket.number}"
    assert ticket.assignee == cast.olga
    assert ticket.requester.name == "Pyotr"
    assert ticket.state in {State.NEW, State.OPEN}
    assert "Since yesterday" in text_of(olga.get(f"/tickets/{ticket.number}"))


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    olga: Client, cast: Cast
) -> None:
    typed = {"brand": cast.shop.pk, "address": "nobody", "subject": "Kept words", "priority": 2}
    page = olga.post("/tickets/new", typed)
    assert page.status_code == 422
    assert "neither an e-mail nor a phone number" in text_of(page)
    assert "Kept words" in text_of(page)
