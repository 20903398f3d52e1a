"""Error pages: what is not there is told in friendly words, whoever asks."""

from django.test import Client

from tests.cast import Cast


def test_an_unknown_address_is_told_to_a_visitor(client: Client, db: None) -> None:
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert "</html>" in answer.text


def test_an_unknown_address_is_told_to_a_colleague(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga.user)
    assert client.get("/nothing").status_code == 404


def test_a_sign_that_no_text_has_is_left_out_of_what_an_address_asks(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.olga.user)
    number = cast.ticket().number
    for path in (f"/tickets/{number}/neighbours", "/callers", f"/tickets/{number}/colleagues"):
        answer = client.get(f"{path}?q=%00a%0%000")
        assert answer.status_code == 200, path


def test_a_form_without_its_token_is_refused_in_words(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.olga.user)
    answer = client.post("/profile", {"theme": "dark"})
    assert answer.status_code == 403
    assert "</html>" in answer.text
