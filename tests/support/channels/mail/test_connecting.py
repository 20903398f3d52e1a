"""Mail channels are set up; passwords are kept for their own server only."""

from dataclasses import replace
from typing import Any

import pytest

from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.normalising import NotAnAddress
from ambidesk.support.channels.mail.account import (
    ImapAccess,
    MailAccount,
    Security,
    SmtpAccess,
    account_of,
)
from ambidesk.support.channels.mail.acknowledging import SendersWords
from ambidesk.support.channels.mail.connecting import (
    ControlSigns,
    Mailbox,
    NoHost,
    NoPort,
    PasswordNeeded,
    connect_mailbox,
)
from ambidesk.support.channels.mail.habits import Habits, SpeaksAs, habits_of
from ambidesk.support.conversations.models import Channel, ChannelHealth, Trouble, Way
from ambidesk.support.conversations.reporting import Health, tell_health
from tests.cast import Cast

IMAP = ImapAccess(
    host="imap.example.org", port=993, security=Security.TLS, user="u", password="one"
)
SMTP = SmtpAccess(
    host="smtp.example.org", port=587, security=Security.STARTTLS, user="u", password="two"
)


def connected(cast: Cast, channel: Channel | None = None, **fields: Any) -> Channel:
    values: dict[str, Any] = {
        "brand": cast.shop,
        "team": cast.shop_team,
        "name": "Orders",
        "address": "Orders@Polka.example",
        "account": MailAccount(imap=IMAP, smtp=SMTP),
        "habits": Habits(),
    }
    return connect_mailbox(channel, Mailbox(**{**values, **fields}), by=SYSTEM, at=cast.at)


def test_a_mailbox_is_set_up_with_access_and_habits(cast: Cast) -> None:
    habits = Habits(speaks_as=SpeaksAs.OPERATOR, acknowledgement="Got it, {{ticket.number}}.")
    channel = Channel.objects.get(pk=connected(cast, habits=habits).pk)
    assert channel.address == "orders@polka.example"
    assert account_of(channel) == MailAccount(imap=IMAP, smtp=SMTP)
    assert habits_of(channel) == habits
    assert "one" not in f"{channel.settings}{channel.secret}"


def test_an_empty_password_means_the_one_that_is_kept(cast: Cast) -> None:
    channel = connected(cast)
    kept = MailAccount(imap=replace(IMAP, password="", folder="Other"), smtp=None)
    changed = connected(cast, channel, account=kept)
    assert account_of(changed).imap == replace(IMAP, folder="Other")


@pytest.mark.parametrize(
    "account,field",
    [
        (MailAccount(imap=replace(IMAP, password="", host="evil.example")), "imap_password"),
        (MailAccount(imap=replace(IMAP, password="", port=994)), "imap_password"),
        (
            MailAccount(imap=replace(IMAP, password="", security=Security.NONE)),
            "imap_password",
        ),
        (MailAccount(smtp=replace(SMTP, password="", host="evil.example")), "smtp_password"),
        (MailAccount(smtp=replace(SMTP, password="", user="other")), "smtp_password"),
    ],
)
def test_a_kept_password_is_shown_to_no_other_server(
    cast: Cast, account: MailAccount, field: str
) -> None:
    channel = connected(cast)
    with pytest.raises(PasswordNeeded) as refused:
        connected(cast, channel, account=account)
    assert refused.value.field == field


def test_a_relay_that_knows_us_needs_no_password(cast: Cast) -> None:
    smtp = replace(SMTP, user="", password="")
    assert account_of(connected(cast, account=MailAccount(smtp=smtp))).smtp == smtp


def test_a_mailbox_whose_secret_is_lost_can_be_entered_anew(cast: Cast) -> None:
    channel = connected(cast)
    Channel.objects.filter(pk=channel.pk).update(secret="sealed with another key")
    channel.refresh_from_db()
    assert account_of(connected(cast, channel)).imap == IMAP


@pytest.mark.parametrize(
    "fields,refusal",
    [
        ({"address": "no address"}, NotAnAddress),
        ({"account": MailAccount(imap=replace(IMAP, host="bad host"))}, NoHost),
        ({"account": MailAccount(imap=replace(IMAP, host="a.example/path"))}, NoHost),
        ({"account": MailAccount(smtp=replace(SMTP, host="a.example\r\nQUIT"))}, NoHost),
        ({"account": MailAccount(smtp=replace(SMTP, port=0))}, NoPort),
        ({"account": MailAccount(imap=replace(IMAP, user="a\r\nb"))}, ControlSigns),
        ({"account": MailAccount(imap=replace(IMAP, folder="a\nb"))}, ControlSigns),
        ({"habits": Habits(acknowledgement="{{ticket.subject}}")}, SendersWords),
    ],
)
def test_what_is_mistyped_is_refused_in_words(
    cast: Cast, fields: dict[str, Any], refusal: type[InvalidInput]
) -> None:
    with pytest.raises(refusal):
        connected(cast, **fields)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "mail", "mail.example.org.", "a-b.c_d.org"])
def test_hosts_of_the_own_network_may_be_named(cast: Cast, host: str) -> None:
    connected(cast, account=MailAccount(imap=replace(IMAP, host=host)))


def test_another_access_forgets_what_was_told_of_the_old_one(cast: Cast) -> None:
    channel = connected(cast)
    failing = Health(trouble=Trouble.WRONG_PASSWORD)
    tell_health(channel, Way.IN, health=failing, by=SYSTEM, at=cast.at)
    connected(cast, channel, name="Only renamed")
    assert channel.reports.count() == 1
    connected(cast, channel, account=MailAccount(imap=replace(IMAP, password="right")))
    channel.refresh_from_db()
    assert (channel.reports.count(), channel.health) == (0, ChannelHealth.UNKNOWN)
    assert not Problem.objects.filter(solved_at=None).exists()
