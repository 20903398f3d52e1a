"""The first administrator comes in by a link that is good once."""

from datetime import UTC, datetime, timedelta

import pytest

from ambidesk.ground.reach.granting import actor_of
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff.founding import (
    AlreadyFounded,
    LinkNotValid,
    found,
    founding_token,
    require_founding_token,
)

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANNA = {"email": "anna@example.org", "name": "Anna", "password": "a long enough secret"}

pytestmark = pytest.mark.django_db


def test_the_holder_of_the_link_may_manage_the_desk() -> None:
    member = found(founding_token(at=AT), at=AT, **ANNA)
    assert actor_of(member.user).may(ReachRight.MANAGE)
    assert member.user.check_password("a long enough secret")


def test_the_link_is_good_once() -> None:
    token = founding_token(at=AT)
    found(token, at=AT, **ANNA)
    with pytest.raises(AlreadyFounded):
        found(token, at=AT, **{**ANNA, "email": "boris@example.org"})
    assert founding_token(at=AT) is None


def test_an_old_link_is_refused() -> None:
    token = founding_token(at=AT)
    with pytest.raises(LinkNotValid):
        require_founding_token(token, at=AT + timedelta(days=8))


@pytest.mark.parametrize("token", ["", "guessed", "a:b:c"])
def test_a_guessed_link_is_refused(token: str) -> None:
    with pytest.raises(LinkNotValid):
        require_founding_token(token, at=AT)
