"""What addresses mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.channels.mail.addressing import Directory, reply_address
from ambidesk.support.conversations.models import Channel

TOKENS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz234567", min_size=32, max_size=32)
LOCALS = st.from_regex(r"[a-z][a-z0-9.+-]{0,30}", fullmatch=True)


@given(LOCALS, TOKENS)
def test_a_reply_address_leads_back_to_its_channel_and_token(local: str, token: str) -> None:
    channel = Channel(pk=1, address=f"{local}@polka.example")
    found = Directory([channel]).find(reply_address(channel, token))
    assert found is not None
    assert (found.channel, found.token) == (channel, token)


@pytest.mark.parametrize(
    "spelling",
    ["help@polka.example", "HELP@Polka.Example", " help@polka.example "],
)
def test_an_address_is_found_in_any_spelling(spelling: str) -> None:
    channel = Channel(pk=1, address="Help@polka.example")
    found = Directory([channel]).find(spelling)
    assert found is not None
    assert found.token == ""


def test_a_token_survives_a_mail_system_that_raises_its_letters() -> None:
    channel = Channel(pk=1, address="help@polka.example")
    found = Directory([channel]).find(reply_address(channel, "a" * 32).upper())
    assert found is not None
    assert found.token == "a" * 32


@pytest.mark.parametrize(
    "foreign",
    [
        "help@other.example",
        "help+tag@polka.example",
        "help+" + "a" * 31 + "@polka.example",
        "help+" + "1" * 32 + "@polka.example",
        "nobody+" + "a" * 32 + "@polka.example",
        "help",
        "",
        "help@polka.example, evil@example.org",
    ],
)
def test_other_addresses_mean_nothing(foreign: str) -> None:
    assert Directory([Channel(pk=1, address="help@polka.example")]).find(foreign) is None


def test_a_channel_whose_own_address_has_a_plus_is_found() -> None:
    channel = Channel(pk=1, address="help+shop@polka.example")
    directory = Directory([channel, Channel(pk=2, address="help@polka.example")])
    plain = directory.find("help+shop@polka.example")
    answered = directory.find(reply_address(channel, "b" * 32))
    assert plain is not None
    assert answered is not None
    assert plain.channel == answered.channel == channel


def test_an_address_without_room_for_a_token_stays_plain() -> None:
    channel = Channel(pk=1, address="a" * 40 + "@polka.example")
    assert reply_address(channel, "b" * 32) == channel.address
