"""Entering by a link: the first administrator, and a colleague who chooses a password."""

import re
from datetime import UTC, datetime, timedelta

from django.test import Client

from ambidesk.parties.staff import admitting
from ambidesk.parties.staff.founding import founding_token
from ambidesk.parties.staff.hiring import dismiss
from tests.cast import Cast
from tests.edge.web.conftest import PASSWORD, Enter

NEW = "seven purple bicycles"
FIRST = {"name": "Ada", "email": "ada@desk.example", "password": NEW}


def test_the_holder_of_the_first_link_is_in_after_one_form(db: None) -> None:
    token = founding_token(at=datetime.now(UTC))
    client = Client()
    assert client.get(f"/welcome/{token}/").status_code == 200
    assert client.post(f"/welcome/{token}/", FIRST)["Location"] == "/"
    assert client.get("/settings/staff/").status_code == 200
    assert Client().post(f"/welcome/{token}/", FIRST).status_code == 409


def test_a_weak_password_of_the_first_is_refused_beside_its_field(db: None) -> None:
    token = founding_token(at=datetime.now(UTC))
    answer = Client().post(f"/welcome/{token}/", {**FIRST, "password": "ambidesk-ambidesk"})
    assert answer.status_code == 422
    assert "must not hold the name" in answer.content.decode()


def link_of(admin: Client, member: int) -> str:
    """The path of a link that the administrator makes on the screen."""
    page = admin.post(f"/settings/staff/{member}/link").content.decode()
    found = re.search(r'value="http[^"]*(/access/[^"]+)"', page)
    assert found, page
    return found[1]


def test_an_administrator_gives_a_colleague_a_link(cast: Cast, admin: Client) -> None:
    path = link_of(admin, cast.ivan.pk)
    client = Client()
    assert "Ivan Ilyin" in client.get(path).content.decode()
    assert client.post(path, {"password": NEW})["Location"] == "/account/login/"
    assert client.get(path).status_code == 404
    answer = client.post("/account/login/", {"login": "ivan@desk.example", "password": NEW})
    assert answer.status_code == 302


def test_a_new_link_makes_the_older_one_worthless(cast: Cast, admin: Client) -> None:
    old = link_of(admin, cast.ivan.pk)
    new = link_of(admin, cast.ivan.pk)
    assert Client().post(old, {"password": NEW}).status_code == 404
    assert Client().get(new).status_code == 200


def test_a_link_is_good_for_a_day(cast: Cast) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1, seconds=1)
    token = admitting.give_link(cast.ivan, by=cast.actor(cast.admin), at=yesterday)
    assert Client().get(f"/access/{token}/").status_code == 404


def test_choosing_a_password_by_a_link_ends_every_session(
    cast: Cast, enter: Enter, admin: Client
) -> None:
    ivan = enter(cast.ivan.user)
    ivan.get("/profile")
    Client().post(link_of(admin, cast.ivan.pk), {"password": NEW})
    assert ivan.get("/profile").status_code == 302


def test_a_link_of_a_closed_account_opens_nothing(cast: Cast, admin: Client) -> None:
    path = link_of(admin, cast.ivan.pk)
    dismiss(cast.ivan, by=cast.actor(cast.admin), at=cast.at)
    assert Client().get(path).status_code == 404


def test_a_weak_password_does_not_spend_the_link(cast: Cast, admin: Client) -> None:
    path = link_of(admin, cast.ivan.pk)
    assert Client().post(path, {"password": "short"}).status_code == 422
    assert Client().post(path, {"password": NEW}).status_code == 303


def test_a_new_colleague_is_hired_with_a_link_and_no_password(cast: Cast, admin: Client) -> None:
    role = cast.ivan.user.grants.get().role_id
    form = {"name": "Vera", "email": "vera@desk.example", "roles": [role], "teams": []}
    page = admin.post("/settings/staff/new", form).content.decode()
    assert "/access/" in page
    for password in ("", "!", PASSWORD):
        answer = Client().post("/account/login/", {"login": form["email"], "password": password})
        assert answer.status_code == 200


def test_a_lost_phone_is_forgotten_and_a_new_start_given(cast: Cast, admin: Client) -> None:
    page = admin.post(f"/settings/staff/{cast.ivan.pk}/factors").content.decode()
    assert "/access/" in page
    answer = Client().post("/account/login/", {"login": "ivan@desk.example", "password": PASSWORD})
    assert answer.status_code == 200


def test_an_operator_gives_nobody_a_link(cast: Cast, olga: Client) -> None:
    assert olga.post(f"/settings/staff/{cast.ivan.pk}/link").status_code == 404
