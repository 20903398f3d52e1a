"""Sessions: seen by their owner, ended one by one or all at once."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from ambidesk.edge.web.ui.account.devices import device_of
from tests.cast import Cast
from tests.edge.web.conftest import PASSWORD, Enter


def test_the_profile_shows_where_somebody_is_signed_in(cast: Cast, enter: Enter) -> None:
    here, _there = enter(cast.olga.user), enter(cast.olga.user)
    page = here.get("/profile").content.decode()
    assert page.count("Firefox, Linux") == 2
    assert page.count("This browser</") == 1


def test_a_session_is_ended_from_another_one(cast: Cast, enter: Enter) -> None:
    here, there = enter(cast.olga.user), enter(cast.olga.user)
    there.get("/profile")
    other = UserSession.objects.get(session_key=there.cookies["ambidesk_session"].value)
    assert here.post(f"/profile/sessions/{other.pk}/end").status_code == 303
    assert there.get("/profile").status_code == 302
    assert here.get("/profile").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(cast: Cast, enter: Enter) -> None:
    olga, ivan = enter(cast.olga.user), enter(cast.ivan.user)
    ivan.get("/profile")
    his = UserSession.objects.get(user=cast.ivan.user)
    assert olga.post(f"/profile/sessions/{his.pk}/end").status_code == 404
    assert ivan.get("/profile").status_code == 200


def test_all_others_are_ended_at_once(cast: Cast, enter: Enter) -> None:
    here, *others = (enter(cast.olga.user) for _number in range(3))
    for each in (here, *others):
        each.get("/profile")
    here.post("/profile/sessions/end")
    assert [each.get("/profile").status_code for each in (here, *others)] == [200, 302, 302]


def test_a_new_password_ends_the_other_sessions(cast: Cast, enter: Enter) -> None:
    here, there = enter(cast.olga.user), enter(cast.olga.user)
    form = {"oldpassword": PASSWORD, "password1": "seven purple bicycles"}
    assert here.post("/account/password/", form).status_code == 302
    assert here.get("/profile").status_code == 200
    assert there.get("/profile").status_code == 302


def test_a_session_lasts_a_month_at_most_however_busy(cast: Cast, olga: Client) -> None:
    olga.get("/profile")
    session = olga.session
    session["began"] = int((datetime.now(UTC) - timedelta(days=31)).timestamp())
    session.save()
    assert olga.get("/profile").status_code == 302


def test_a_session_is_not_written_at_every_request(
    cast: Cast, olga: Client, django_assert_num_queries: object
) -> None:
    olga.get("/profile")
    before = UserSession.objects.get().last_seen_at
    olga.get("/profile")
    assert UserSession.objects.get().last_seen_at == before


@pytest.mark.parametrize(
    "user_agent, device",
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 YaBrowser/24", "Yandex Browser, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile", "Chrome, Android"),
        ("curl/8", "Unknown device"),
    ],
)
def test_a_device_is_told_in_words(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device
