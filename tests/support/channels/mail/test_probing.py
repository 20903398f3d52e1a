"""A test of a mailbox connects for real and tells the truth."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings as DjangoSettings

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.channels.mail import probing
from ambidesk.support.channels.mail.account import (
    ImapAccess,
    MailAccount,
    Security,
    SmtpAccess,
    secret_of,
    settings_of,
)
from ambidesk.support.channels.mail.probing import probe
from ambidesk.support.conversations.models import (
    Channel,
    ChannelHealth,
    ChannelReport,
    Trouble,
    Way,
)
from tests.cast import Cast
from tests.support.channels.mail.dovecot import Dovecot, serving
from tests.support.channels.mail.relays import (
    LOOPBACK,
    PASSWORD,
    USER,
    Manners,
    Relay,
    certificate,
    relay,
)


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with serving() as running:
        yield running


def tried(
    cast: Cast, imap: ImapAccess | None = None, smtp: SmtpAccess | None = None
) -> dict[str, str]:
    account = MailAccount(imap=imap, smtp=smtp)
    channel = cast.shop_mail
    channel.settings, channel.secret = settings_of(account), secret_of(account)
    channel.save()
    found = probe(channel, by=SYSTEM, at=cast.at)
    return {str(each.way): str(each.trouble or "works") for each in found}


def smtp_at(found: Relay, **fields: object) -> SmtpAccess:
    access = SmtpAccess(
        host=LOOPBACK, port=found.port, security=Security.NONE, user="", password=""
    )
    return replace(access, **fields)  # type: ignore[arg-type]


def test_a_mailbox_that_works_is_said_to_work(cast: Cast, dovecot: Dovecot) -> None:
    with relay() as found:
        assert tried(cast, dovecot.access("help"), smtp_at(found)) == {
            "in": "works",
            "out": "works",
        }
    assert not found.taken
    assert Channel.objects.get(pk=cast.shop_mail.pk).health == ChannelHealth.WORKING


def test_a_desk_with_its_own_reception_and_relay_tries_the_relay(
    cast: Cast, settings: DjangoSettings
) -> None:
    settings.SMTP_RELAY = ""
    assert tried(cast) == {"out": "no_relay"}
    with relay() as found:
        settings.SMTP_RELAY = found.url
        assert tried(cast) == {"out": "works"}


@pytest.mark.parametrize(
    "fields,trouble",
    [
        ({"password": "wrong"}, Trouble.WRONG_PASSWORD),
        ({"folder": "Nowhere"}, Trouble.NO_FOLDER),
        ({"host": "no-such-host.invalid"}, Trouble.NAME_NOT_FOUND),
        ({"port": 1}, Trouble.NOBODY_LISTENS),
        ({"security": Security.TLS}, Trouble.TLS_FAILED),
        ({"security": Security.STARTTLS}, Trouble.NO_ENCRYPTION),
    ],
)
def test_what_is_wrong_with_receiving_is_named(
    cast: Cast, dovecot: Dovecot, fields: dict[str, object], trouble: Trouble
) -> None:
    access = replace(dovecot.access("help"), **fields)  # type: ignore[arg-type]
    assert tried(cast, access)["in"] == trouble


def test_what_is_wrong_with_sending_is_named(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with relay(Manners(to_sender=lambda _address: "553 5.7.1 not yours")) as found:
        assert tried(cast, smtp=smtp_at(found))["out"] == Trouble.SENDER_REFUSED
        assert tried(cast, smtp=smtp_at(found, port=1))["out"] == Trouble.NOBODY_LISTENS
        starttls = smtp_at(found, security=Security.STARTTLS)
        assert tried(cast, smtp=starttls)["out"] == Trouble.NO_ENCRYPTION
    context, public = certificate(tmp_path)
    with relay(tls=context, login=True) as safe:
        access = smtp_at(safe, security=Security.STARTTLS, user=USER, password=PASSWORD)
        assert tried(cast, smtp=access)["out"] == Trouble.CERTIFICATE
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
        assert tried(cast, smtp=access)["out"] == "works"
        wrong = replace(access, password="wrong")
        assert tried(cast, smtp=wrong)["out"] == Trouble.WRONG_PASSWORD


def test_words_of_what_is_no_mail_server_are_told_to_nobody(cast: Cast) -> None:
    with socket.create_server((LOOPBACK, 0)) as listening:

        def banner() -> None:
            for _time in range(2):
                line, _place = listening.accept()
                line.sendall(b"SECRET-BANNER 1.2.3\r\n")
                line.close()

        threading.Thread(target=banner, daemon=True).start()
        port = listening.getsockname()[1]
        imap = ImapAccess(host=LOOPBACK, port=port, security=Security.NONE, user="u", password="p")
        smtp = SmtpAccess(host=LOOPBACK, port=port, security=Security.NONE, user="", password="")
        found = tried(cast, imap, smtp)
    assert set(found) == {"in", "out"}
    assert "works" not in found.values()
    rows = ChannelReport.objects.values_list("trouble", "detail")
    assert "SECRET" not in f"{list(rows)}{found}"


def test_a_server_that_never_answers_does_not_keep_the_person_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probing, "LONGEST_SECONDS", 0.5)
    with socket.create_server((LOOPBACK, 0)) as listening:
        port = listening.getsockname()[1]
        smtp = SmtpAccess(host=LOOPBACK, port=port, security=Security.NONE, user="", password="")
        assert tried(cast, smtp=smtp)["out"] == Trouble.TIMED_OUT


def test_access_that_cannot_be_read_is_told(cast: Cast) -> None:
    cast.shop_mail.secret = "sealed with another key"
    cast.shop_mail.save()
    found = probe(cast.shop_mail, by=SYSTEM, at=cast.at)
    assert {each.trouble for each in found} == {Trouble.UNREADABLE}
    assert {each.way for each in found} == {Way.IN, Way.OUT}
