"""Signing in: one answer for all who may not, slower with each try, no way to another site."""

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import Client

from ambidesk.parties.staff.hiring import dismiss, introduce
from tests.cast import Cast
from tests.edge.web.conftest import PASSWORD, Enter

LOGIN = "/account/login/"


def test_somebody_of_the_staff_comes_in_with_address_and_password(cast: Cast, enter: Enter) -> None:
    assert enter(cast.olga.user).get("/profile").status_code == 200


def test_the_case_of_an_address_does_not_matter(cast: Cast) -> None:
    answer = Client().post(LOGIN, {"login": "OLGA@desk.example", "password": PASSWORD})
    assert answer.status_code == 302


def test_known_and_unknown_addresses_get_the_same_answer(cast: Cast) -> None:
    pages = [
        Client().post(LOGIN, {"login": who, "password": "no idea what it is"}).content.decode()
        for who in ("olga@desk.example", "nobody@desk.example")
    ]
    shown = [page[page.index("<main") : page.index("</main")] for page in pages]
    assert "do not belong together" in shown[0]
    without = [
        page.replace("olga@", "").replace("nobody@", "").split("csrfmiddlewaretoken")[0]
        for page in shown
    ]
    assert without[0] == without[1]


def test_guessing_ends_after_five_tries_for_known_and_unknown_alike(cast: Cast) -> None:
    for who in ("olga@desk.example", "nobody@desk.example"):
        for _number in range(5):
            Client().post(LOGIN, {"login": who, "password": "guess"})
        answer = Client().post(LOGIN, {"login": who, "password": PASSWORD})
        assert answer.status_code == 200
        assert "Too many tries" in answer.content.decode()


def test_one_place_cannot_try_without_end(cast: Cast) -> None:
    def tried(number: int, place: str) -> HttpResponse:
        guess = {"login": f"{number}@desk.example", "password": "guess"}
        return Client().post(LOGIN, guess, REMOTE_ADDR=place)

    for number in range(60):
        tried(number, "203.0.113.7")
    blocked = tried(61, "203.0.113.7")
    assert blocked.status_code == 429
    assert blocked["Retry-After"] == "60"
    assert tried(62, "203.0.113.8").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"],
)
def test_signing_in_leads_to_own_pages_only(cast: Cast, elsewhere: str) -> None:
    credentials = {"login": "olga@desk.example", "password": PASSWORD}
    answer = Client().post(LOGIN, {**credentials, "next": elsewhere})
    assert answer["Location"] == "/"


def test_signing_in_leads_on_to_the_page_that_was_asked_for(cast: Cast) -> None:
    client = Client()
    asked = client.get("/profile")
    assert asked["Location"] == "/account/login/?next=/profile"
    credentials = {"login": "olga@desk.example", "password": PASSWORD, "next": "/profile"}
    assert client.post(LOGIN, credentials)["Location"] == "/profile"


def test_the_session_is_a_new_one_after_signing_in(cast: Cast) -> None:
    client = Client()
    client.get(LOGIN)
    client.cookies["ambidesk_session"] = "planted-by-somebody-else-0123456"
    client.post(LOGIN, {"login": "olga@desk.example", "password": PASSWORD})
    assert client.cookies["ambidesk_session"].value != "planted-by-somebody-else-0123456"


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(cast: Cast) -> None:
    client = Client()
    client.post(LOGIN, {"login": "olga@desk.example", "password": PASSWORD})
    cookie = client.cookies["ambidesk_session"]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"


def test_signing_out_takes_a_click_not_a_link(olga: Client) -> None:
    assert olga.get("/account/logout/").status_code == 200
    assert olga.get("/profile").status_code == 200
    olga.post("/account/logout/")
    assert olga.get("/profile").status_code == 302


def test_a_closed_account_is_out_at_once_and_stays_out(cast: Cast, olga: Client) -> None:
    dismiss(cast.olga, by=cast.actor(cast.admin), at=cast.at)
    assert olga.get("/profile").status_code == 302
    answer = olga.post(LOGIN, {"login": "olga@desk.example", "password": PASSWORD}, follow=True)
    assert "This account is closed" in answer.content.decode()
    assert olga.get("/profile").status_code == 302


def test_an_old_address_opens_nothing_any_more(cast: Cast, enter: Enter) -> None:
    enter(cast.olga.user)
    introduce(cast.olga, name="Olga", email="o@desk.example", by=cast.actor(cast.admin), at=cast.at)
    old = Client().post(LOGIN, {"login": "olga@desk.example", "password": PASSWORD})
    new = Client().post(LOGIN, {"login": "o@desk.example", "password": PASSWORD})
    assert (old.status_code, new.status_code) == (200, 302)
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "password/reset/", "confirm-email/", "2fa/", "sessions/"]
)
def test_nothing_of_the_library_is_open_that_is_not_used(db: None, path: str) -> None:
    assert Client().get(f"/account/{path}").status_code == 404


def test_the_sign_in_page_speaks_the_language_of_the_browser(db: None) -> None:
    page = Client().get(LOGIN, headers={"accept-language": "ru"})
    assert 'lang="ru"' in page.content.decode()
