"""Accounts of mail channels: hosts in the settings, passwords sealed beside them."""

import json

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from ambidesk.support.channels.mail.account import (
    BrokenAccount,
    ImapAccess,
    MailAccount,
    Security,
    SmtpAccess,
    account_of,
    secret_of,
    settings_of,
)
from ambidesk.support.conversations.models import Channel

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ports = st.integers(min_value=1, max_value=65535)
securities = st.sampled_from(Security)
accounts = st.builds(
    MailAccount,
    imap=st.none()
    | st.builds(
        ImapAccess,
        host=words,
        port=ports,
        security=securities,
        user=words,
        password=words,
        folder=words,
    ),
    smtp=st.none()
    | st.builds(
        SmtpAccess, host=words, port=ports, security=securities, user=words, password=words
    ),
)


def stored(account: MailAccount) -> Channel:
    settings = json.loads(json.dumps(settings_of(account)))
    return Channel(settings=settings, secret=secret_of(account))


@given(account=accounts)
@tries(max_examples=50)
def test_an_account_is_read_as_it_was_stored(account: MailAccount) -> None:
    assert account_of(stored(account)) == account


def test_passwords_lie_nowhere_in_the_open() -> None:
    smtp = SmtpAccess(
        host="mail.example.org", port=587, security=Security.STARTTLS, user="u", password="hunter2"
    )
    channel = stored(MailAccount(smtp=smtp))
    assert "hunter2" not in f"{channel.settings}{channel.secret}{smtp!r}"


def test_a_channel_without_access_has_an_empty_account() -> None:
    assert account_of(Channel()) == MailAccount()


@pytest.mark.parametrize(
    "imap", ["mail.example.org", {"host": "mail.example.org"}, {"host": 1, "port": "x"}]
)
def test_settings_that_make_no_sense_are_refused_in_words(imap: object) -> None:
    with pytest.raises(BrokenAccount, match="cannot be read"):
        account_of(Channel(settings={"imap": imap}))
