"""Proving: only what the site's own server signed, for this widget and for now, is believed."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.kernel.sealing import seal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.channels.widget.proving import NotProved, prove, rotate
from ambidesk.support.conversations.models import Channel
from tests.cast import Cast
from tests.conftest import MOMENT

SECRET = "a secret of forty three signs, as it is drawn"
CHANNEL = Channel(address="key", secret="")


def part(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def signed(claims: dict[str, Any], *, secret: str = SECRET, head: object = None) -> str:
    text = f"{part({'alg': 'HS256'} if head is None else head)}.{part(claims)}"
    mac = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
    return f"{text}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def claims(**more: Any) -> dict[str, Any]:
    ends = (MOMENT + timedelta(hours=1)).timestamp()
    return {"sub": "user-1", "aud": "key", "exp": ends, "name": "Vera"} | more


@pytest.fixture
def channel(db: None) -> Channel:
    return Channel(address="key", secret=seal(json.dumps({"current": SECRET})))


def test_what_the_site_signed_is_believed(channel: Channel) -> None:
    found = prove(signed(claims()), channel=channel, at=MOMENT)
    assert (found.subject, found.name, found.email) == ("user-1", "Vera", "")


def test_an_address_counts_only_where_the_site_has_verified_it(channel: Channel) -> None:
    typed = prove(signed(claims(email="v@example.org")), channel=channel, at=MOMENT)
    known = claims(email="v@example.org", email_verified=True)
    assert typed.email == ""
    assert prove(signed(known), channel=channel, at=MOMENT).email == "v@example.org"


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another"},
        {"aud": None},
        {"sub": ""},
        {"sub": 7},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": 1e300},
        {"exp": (MOMENT - timedelta(minutes=2)).timestamp()},
        {"exp": (MOMENT + timedelta(days=3)).timestamp()},
        {"nbf": (MOMENT + timedelta(minutes=5)).timestamp()},
    ],
)
def test_wrong_claims_prove_nothing(channel: Channel, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotProved):
        prove(signed(claims(**wrong)), channel=channel, at=MOMENT)


@pytest.mark.parametrize(
    "head", [{"alg": "none"}, {"alg": "HS512"}, {"alg": "HS256", "crit": ["x"]}, {}, "HS256"]
)
def test_no_other_algorithm_is_taken(channel: Channel, head: object) -> None:
    with pytest.raises(NotProved):
        prove(signed(claims(), head=head), channel=channel, at=MOMENT)


def test_without_a_secret_nothing_is_proved(db: None) -> None:
    with pytest.raises(NotProved):
        prove(signed(claims(), secret=""), channel=CHANNEL, at=MOMENT)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(token=st.text(max_size=200) | st.binary(max_size=60).map(lambda b: f"a.{b!r}.c"))
def test_nothing_else_is_a_proof_and_nothing_breaks(channel: Channel, token: str) -> None:
    with pytest.raises(NotProved):
        prove(token, channel=channel, at=MOMENT)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(place=st.integers(0, 300), sign=st.sampled_from("AZaz09-_"))
def test_a_changed_sign_of_head_or_claims_proves_nothing(
    channel: Channel, place: int, sign: str
) -> None:
    token = signed(claims())
    end = token.rindex(".")
    place %= end
    changed = token[:place] + sign + token[place + 1 :]
    if changed == token:
        return
    with pytest.raises(NotProved):
        prove(changed, channel=channel, at=MOMENT)


def test_a_secret_that_was_replaced_is_good_for_one_more_day(cast: Cast, widget: Channel) -> None:
    first = rotate(widget, by=SYSTEM, at=cast.at)
    second = rotate(widget, by=SYSTEM, at=cast.at)
    widget.refresh_from_db()
    assert first not in widget.secret
    told = claims(aud=widget.address)
    prove(signed(told, secret=first), channel=widget, at=cast.at)
    prove(signed(told, secret=second), channel=widget, at=cast.at)
    later = cast.at + timedelta(days=1, minutes=1)
    told |= {"exp": (later + timedelta(hours=1)).timestamp()}
    prove(signed(told, secret=second), channel=widget, at=later)
    with pytest.raises(NotProved):
        prove(signed(told, secret=first), channel=widget, at=later)
