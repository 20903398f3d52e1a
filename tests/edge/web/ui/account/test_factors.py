"""Second factors: an app, spare codes, and what a short password needs beside it."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from ambidesk.ground.kernel import journal
from tests.cast import Cast
from tests.edge.web.conftest import PASSWORD

Capture = Callable[..., AbstractContextManager[object]]
LOGIN = "/account/login/"


def code_of(secret: str) -> str:
    """The code that an app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def shown(secret: str, to: Callable[[str], Any]) -> Any:
    """Type the code that the app shows; one that changes on its way is no longer good."""
    while True:
        code = code_of(secret)
        answer = to(code)
        if answer.status_code == 302 or code == code_of(secret):
            return answer


def prove(client: Client, to: str) -> None:
    """Show once more who it is."""
    asked = client.get(to)
    assert asked["Location"].startswith("/account/again/")
    place = parse_qs(urlsplit(asked["Location"]).query)["next"][0]
    answer = client.post("/account/again/", {"password": PASSWORD, "next": place})
    assert answer["Location"] == to


@pytest.fixture
def secret(olga: Client, django_capture_on_commit_callbacks: Capture) -> str:
    """The secret of an app that Olga has set up."""
    prove(olga, "/account/app/")
    secret = olga.get("/account/app/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = shown(secret, lambda code: olga.post("/account/app/", {"code": code}))
    assert answer["Location"] == "/account/codes/"
    cache.clear()
    return str(secret)


def test_whoever_has_an_app_is_asked_for_its_code(cast: Cast, secret: str) -> None:
    client = Client()
    first = client.post(LOGIN, {"login": "olga@desk.example", "password": PASSWORD})
    assert first["Location"] == "/account/code/"
    assert client.get("/profile").status_code == 302
    assert client.post("/account/code/", {"code": "000000"}).status_code == 200
    answer = shown(secret, lambda code: client.post("/account/code/", {"code": code}))
    assert answer["Location"] == "/"
    assert client.get("/profile").status_code == 200


def said_to(code: str) -> int:
    """The status of the answer to a sign-in with this code."""
    client = Client()
    client.post(LOGIN, {"login": "olga@desk.example", "password": PASSWORD})
    return client.post("/account/code/", {"code": code}).status_code


def test_a_code_is_good_once(cast: Cast, secret: str) -> None:
    code, answers = "", list[int]()
    # Every half minute the app shows another one: what began just before is begun again.
    while code != code_of(secret):
        code = code_of(secret)
        answers = [said_to(code), said_to(code)]
    assert answers == [302, 200]


def test_codes_cannot_be_guessed_without_end(cast: Cast, secret: str) -> None:
    client = Client()
    client.post(LOGIN, {"login": "olga@desk.example", "password": PASSWORD})
    for _number in range(5):
        client.post("/account/code/", {"code": "000000"})
    page = client.post("/account/code/", {"code": code_of(secret)}).content.decode()
    assert "Too many tries" in page


def test_the_secret_of_an_app_lies_sealed(cast: Cast, secret: str) -> None:
    row = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(row.data)


def test_spare_codes_are_shown_once_and_let_in_once(cast: Cast, olga: Client, secret: str) -> None:
    shown = olga.post("/account/codes/").context["codes"]
    assert len(shown) == 10
    assert shown[0] not in olga.get("/account/codes/").content.decode()
    answers = []
    for _number in range(2):
        client = Client()
        client.post(LOGIN, {"login": "olga@desk.example", "password": PASSWORD})
        answers.append(client.post("/account/code/", {"code": shown[0]}).status_code)
    assert answers == [302, 200]


def test_adding_a_factor_asks_again_who_it_is(olga: Client) -> None:
    for path in ("/account/app/", "/account/passkeys/new/", "/account/codes/"):
        assert olga.get(path)["Location"].startswith("/account/again/?next=")


def test_a_short_password_is_taken_only_beside_a_factor(olga: Client, secret: str) -> None:
    short = {"oldpassword": PASSWORD, "password1": "juvtek42"}
    assert olga.post("/account/password/", short).status_code == 302
    page = olga.post("/account/app/removal/").content.decode()
    assert "too short to stand alone" in page
    long = {"oldpassword": "juvtek42", "password1": "seven purple bicycles"}
    assert olga.post("/account/password/", long).status_code == 302
    assert olga.post("/account/app/removal/")["Location"] == "/profile"
    assert not Authenticator.objects.exists()


def test_a_short_password_alone_is_refused_in_words(olga: Client) -> None:
    answer = olga.post("/account/password/", {"oldpassword": PASSWORD, "password1": "juvtek42"})
    assert "at least 15 characters" in answer.content.decode()


def test_the_journal_remembers_what_changed(cast: Cast, olga: Client, secret: str) -> None:
    entries = journal.entries_of("user", cast.olga.user_id)
    assert "totp_added" in [entry.data.get("change") for entry in entries]
