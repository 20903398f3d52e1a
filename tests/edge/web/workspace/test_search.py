"""The screen of search: empty, narrowed, inert; what was found leads to where it stands."""

from django.test import Client

from tests.cast import Cast
from tests.edge.web.workspace.conftest import HTMX, text_of


def test_an_empty_question_says_what_can_be_found(olga: Client) -> None:
    assert "Everything that was ever said" in text_of(olga.get("/search"))


def test_a_question_without_an_answer_shows_a_way_out(olga: Client) -> None:
    assert "Nothing found" in text_of(olga.get("/search", {"q": "qwertyuiop"}))


def test_what_is_typed_is_shown_never_obeyed(olga: Client) -> None:
    attack = '"><script>alert(1)</script>'
    assert "<script>alert" not in text_of(olga.get("/search", {"q": attack}))


def test_while_typing_only_what_was_found_is_fetched(olga: Client) -> None:
    part = text_of(olga.get("/search", {"q": "x"}, headers={**HTMX, "HX-Target": "found"}))
    assert part.strip().startswith('<div id="found"')
    assert "<html" not in part


def test_a_message_that_was_found_is_shown_however_old_it_is(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket("The very first words", thread_key="old")
    first = ticket.filings.get().message_id
    page = text_of(olga.get(f"/tickets/{ticket.number}", {"message": first}))
    assert f'id="message-{first}"' in page
