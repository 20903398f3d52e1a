"""Reception over real connections: who is let in, what is taken, and when 250 is said."""

import asyncio
import smtplib
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import psycopg
import pytest
from django.conf import LazySettings
from django.db import connection

from ambidesk.support.channels.committing import Committer
from ambidesk.support.channels.mail.addressing import reply_address
from ambidesk.support.channels.mail.smtp.door import Door
from ambidesk.support.channels.mail.smtp.guests import Guests, Limits
from ambidesk.support.channels.mail.smtp.protocol import Protocol
from ambidesk.support.channels.mail.smtp.recipients import Recipients
from ambidesk.support.conversations.models import Channel, ChannelKind, IntakeItem
from ambidesk.support.conversations.raw import raw_of
from tests.cast import Cast
from tests.clones import url_of
from tests.support.channels.mail.conftest import Reception, receiving
from tests.support.channels.mail.relays import certificate
from tests.waiting import PATIENCE_SECONDS, wait_for

MAIL = (
    b"From: Anna <anna@example.org>\r\nTo: help@polka.example\r\nSubject: Parcel\r\n"
    b"Message-ID: <one@example.org>\r\n\r\nWhere is it?\r\n"
)
SMUGGLED = (
    b"From: anna@example.org\r\n\r\nhello%sMAIL FROM:<ceo@example.org>\r\n"
    b"RCPT TO:<help@polka.example>\r\nDATA\r\nFrom: ceo@example.org\r\n\r\nPay!\r\n"
)


def items() -> list[IntakeItem]:
    return list(IntakeItem.objects.order_by("pk"))


def test_a_mail_that_got_its_250_is_stored_as_it_came(reception: Reception, house: Cast) -> None:
    reception.send(MAIL)
    (item,) = items()
    assert raw_of(item) == MAIL
    assert item.channel_id == house.shop_mail.pk
    assert item.state == "waiting"
    assert item.envelope["mail_from"] == "anna@example.org"
    assert item.envelope["recipients"] == ["help@polka.example"]


def test_under_tls_a_mail_is_taken_as_without_and_a_renewed_certificate_is_shown(
    house: Cast, tmp_path: Path, settings: LazySettings
) -> None:
    _context, file = certificate(tmp_path)
    settings.SMTP_CERTIFICATE, settings.SMTP_KEY = str(file), str(tmp_path / "localhost.key")
    shown = []
    # Each is let go again: more come than there is room for at once.
    with receiving(Limits(connections=4)) as reception:
        for _renewal in range(8):
            known = ssl.create_default_context(cafile=str(file))
            with reception.client() as client:
                client.starttls(context=known)
                client.sendmail("anna@example.org", ["help@polka.example"], MAIL)
                assert isinstance(client.sock, ssl.SSLSocket)
                shown.append(client.sock.getpeercert(binary_form=True))
            certificate(tmp_path)
    assert len(set(shown)) == 8
    assert len(items()) == 1


def test_without_a_certificate_tls_is_not_offered(reception: Reception) -> None:
    with reception.client() as client:
        client.ehlo()
        assert not client.has_extn("starttls")


def test_reception_greets_by_the_host_that_mx_records_name_and_by_no_product(
    house: Cast, settings: LazySettings
) -> None:
    settings.MAIL_HOST = "mx.shop.example"
    with receiving() as reception:
        line = socket.create_connection(("127.0.0.1", reception.port), timeout=PATIENCE_SECONDS)
        with line, line.makefile("rwb") as talk:
            greeting = talk.readline()
            talk.write(b"EHLO guest.example\r\nHELP\r\n")
            talk.flush()
            line.shutdown(socket.SHUT_WR)
            told = talk.read()
    assert greeting.startswith(b"220 mx.shop.example ")
    assert b"ambidesk" not in (greeting + told).lower()


def test_what_was_said_before_tls_is_forgotten_with_it(
    house: Cast, tmp_path: Path, settings: LazySettings
) -> None:
    """Source: CVE-2011-0411, words put in plain before TLS must not count within it."""
    _context, file = certificate(tmp_path)
    settings.SMTP_CERTIFICATE, settings.SMTP_KEY = str(file), str(tmp_path / "localhost.key")
    with receiving() as reception, reception.client() as client:
        client.ehlo()
        client.send(b"STARTTLS\r\nMAIL FROM:<ceo@example.org>\r\n")
        assert client.getreply()[0] == 220
        client.sock = ssl.create_default_context(cafile=str(file)).wrap_socket(
            client.sock, server_hostname="localhost"
        )
        client.file = None
        assert client.ehlo()[0] == 250
        assert client.rcpt("help@polka.example")[0] == 503


def test_commands_that_come_together_are_answered_each_in_its_turn(reception: Reception) -> None:
    """Source: RFC 2920 3.1: all up to DATA in one piece, and what follows a mail right behind it."""
    steps = b"MAIL FROM:<anna@example.org>\r\nRCPT TO:<%s>\r\nDATA\r\n"
    known, unknown = steps % b"help@polka.example", steps % b"nobody@polka.example"
    with reception.client() as client:
        client.ehlo()
        assert client.has_extn("pipelining")
        client.send(known)
        assert [client.getreply()[0] for _ in range(3)] == [250, 250, 354]
        client.send(MAIL + b".\r\n" + unknown + b"RSET\r\n" + known)
        told = [client.getreply()[0] for _ in range(8)]
        assert told == [250, 250, 550, 503, 250, 250, 250, 354]
        client.send(MAIL.replace(b"one@", b"two@") + b".\r\nQUIT\r\n")
        assert [client.getreply()[0] for _ in range(2)] == [250, 221]
    assert len(items()) == 2


def test_a_reply_address_is_taken_with_its_token(reception: Reception, house: Cast) -> None:
    address = reply_address(house.shop_mail, "a" * 32)
    reception.send(MAIL, address)
    assert items()[0].envelope["recipients"] == [address]


def test_the_same_mail_twice_is_one_item(reception: Reception) -> None:
    reception.send(MAIL)
    reception.send(MAIL)
    assert len(items()) == 1


def test_a_repeated_message_id_with_other_words_is_another_item(reception: Reception) -> None:
    reception.send(MAIL)
    reception.send(MAIL.replace(b"Where is it?", b"Still not here."))
    assert len(items()) == 2


def test_mail_without_a_message_id_is_taken(reception: Reception) -> None:
    reception.send(b"\r\nhelp\r\n")
    reception.send(b"\r\nhelp me\r\n")
    assert len(items()) == 2


def test_a_mail_to_two_channels_is_one_item_for_each(reception: Reception, house: Cast) -> None:
    reception.send(MAIL, "help@polka.example", "service@liftcare.example")
    assert {item.channel_id for item in items()} == {house.shop_mail.pk, house.lift_mail.pk}


@pytest.mark.parametrize(
    "address", ["nobody@polka.example", "help@elsewhere.example", "help+tag@polka.example"]
)
def test_mail_for_others_is_refused(reception: Reception, address: str) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        reception.send(MAIL, address)
    assert refused.value.recipients[address][0] == 550
    assert items() == []


def test_a_new_channel_is_known_at_once(reception: Reception, house: Cast) -> None:
    reception.send(MAIL)
    Channel.objects.create(
        kind=ChannelKind.EMAIL, brand=house.shop, name="New", address="new@polka.example"
    )
    reception.send(MAIL, "new@polka.example")
    assert len(items()) == 2


def test_too_large_a_mail_is_refused_when_it_is_announced_and_when_it_comes(house: Cast) -> None:
    with receiving(Limits(mail_bytes=10_000)) as reception, reception.client() as client:
        client.ehlo()
        assert client.esmtp_features["size"] == "10000"
        assert client.mail("anna@example.org", ["SIZE=10001"])[0] == 552
        client.mail("anna@example.org")
        client.rcpt("help@polka.example")
        assert client.data(b"x" * 100 + b"\r\n" * 6_000)[0] == 552
        assert client.noop()[0] == 250
    assert items() == []


def test_lines_longer_than_the_standard_allows_are_taken(reception: Reception) -> None:
    raw = MAIL + b"word " * 5_000 + b"\r\n"
    reception.send(raw)
    assert raw_of(items()[0]) == raw


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\n.\r"])
def test_an_end_hidden_in_bare_lines_smuggles_no_second_mail(
    reception: Reception, end: bytes
) -> None:
    with reception.client() as client:
        client.ehlo()
        client.mail("anna@example.org")
        client.rcpt("help@polka.example")
        client.docmd("DATA")
        client.send(SMUGGLED % end + b"\r\n.\r\n")
        code, _words = client.getreply()
    assert code == 554
    assert items() == []


def test_a_dot_of_its_own_that_was_stuffed_as_it_should_is_taken(reception: Reception) -> None:
    reception.send(MAIL + b".\r\nmore\r\n..\r\n")
    assert raw_of(items()[0]) == MAIL + b".\r\nmore\r\n..\r\n"


def test_a_mail_that_goes_in_circles_is_refused(reception: Reception) -> None:
    with pytest.raises(smtplib.SMTPDataError) as refused:
        reception.send(b"Received: from a by b\r\n" * 101 + MAIL)
    assert refused.value.smtp_code == 554


def test_a_cut_connection_leaves_nothing_behind(reception: Reception) -> None:
    client = reception.client()
    client.ehlo()
    client.mail("anna@example.org")
    client.rcpt("help@polka.example")
    client.docmd("DATA")
    client.send(MAIL)
    client.close()
    reception.send(MAIL + b"whole\r\n")
    assert [raw_of(item) for item in items()] == [MAIL + b"whole\r\n"]


def test_too_many_recipients_are_told_to_come_in_another_mail(house: Cast) -> None:
    with receiving(Limits(recipients=2)) as reception, reception.client() as client:
        client.ehlo()
        client.mail("anna@example.org")
        addresses = [reply_address(house.shop_mail, letter * 32) for letter in "abc"]
        assert [client.rcpt(address)[0] for address in addresses] == [250, 250, 452]


def test_one_network_address_cannot_take_all_the_room(house: Cast) -> None:
    with receiving(Limits(connections_of_one=2)) as reception:
        with reception.client(), reception.client():
            with pytest.raises(smtplib.SMTPConnectError) as refused:
                reception.client()
            assert refused.value.smtp_code == 421
        reception.send(MAIL)
    assert len(items()) == 1


def test_who_guesses_addresses_is_sent_away(house: Cast) -> None:
    with receiving(Limits(faults_of_one=3)) as reception:
        client = reception.client()
        client.ehlo()
        client.mail("anna@example.org")
        codes = [client.rcpt(f"guess{number}@polka.example")[0] for number in range(4)]
        assert codes == [550, 550, 550, 421]
        with pytest.raises(smtplib.SMTPConnectError):
            reception.client()


def test_a_flood_from_one_address_is_told_to_wait(house: Cast) -> None:
    with receiving(Limits(mails_of_one=2)) as reception:
        reception.send(MAIL)
        reception.send(MAIL + b"2")
        with pytest.raises(smtplib.SMTPSenderRefused) as refused:
            reception.send(MAIL + b"3")
    assert refused.value.smtp_code == 451


def test_many_at_once_are_all_taken(reception: Reception) -> None:
    with ThreadPoolExecutor(10) as senders:
        list(senders.map(lambda n: reception.send(MAIL + b"%d\r\n" % n), range(100)))
    assert len(items()) == 100


def test_nothing_is_acknowledged_while_the_database_does_not_answer(
    reception: Reception,
) -> None:
    reception.send(MAIL)
    clone = str(connection.settings_dict["NAME"])
    connection.close()
    with psycopg.connect(url_of("postgres"), autocommit=True) as session:
        session.execute(f"ALTER DATABASE {clone} ALLOW_CONNECTIONS false")
        session.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [clone]
        )
        try:
            with pytest.raises(smtplib.SMTPDataError) as refused:
                reception.send(MAIL + b"2")
        finally:
            session.execute(f"ALTER DATABASE {clone} ALLOW_CONNECTIONS true")
    assert refused.value.smtp_code == 451
    reception.send(MAIL + b"2")
    assert len(items()) == 2


def test_lmtp_answers_for_each_recipient(reception: Reception, house: Cast) -> None:
    with smtplib.LMTP("127.0.0.1", reception.lmtp_port) as client:
        client.ehlo()
        client.mail("anna@example.org")
        addresses = ["help@polka.example", "service@liftcare.example", "no@polka.example"]
        assert [client.rcpt(address)[0] for address in addresses] == [250, 250, 550]
        assert [client.data(MAIL)[0], client.getreply()[0]] == [250, 250]
        assert client.noop()[1] == b"OK"
    assert len(items()) == 2


def test_a_stop_leaves_nobody_waiting_and_loses_nothing(house: Cast) -> None:
    with receiving() as reception, ThreadPoolExecutor(4) as senders:
        sent = senders.map(lambda n: _sent(reception, n), range(4))
        wait_for(lambda: len(items()) > 20)
        reception.stop.set()
        acknowledged = {raw for each in sent for raw in each}
    assert {raw_of(item) for item in items()} >= acknowledged
    assert len(acknowledged) > 5


def test_whoever_was_on_the_way_in_when_the_door_was_shut_is_not_left_waiting() -> None:
    async def heard() -> bytes:
        committer, recipients, limits = Committer(), Recipients(), Limits()
        guests = Guests(limits)
        door = Door(committer=committer, recipients=recipients, guests=guests, limits=limits)
        made = partial(Protocol, door, guests, limits=limits, certificate=None)
        server = await asyncio.get_running_loop().create_server(made, "127.0.0.1", 0)
        try:
            await door.close(seconds=0)
            port = server.sockets[0].getsockname()[1]
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            told = await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)
            writer.close()
            return told
        finally:
            server.close()
            await asyncio.to_thread(committer.close)
            recipients.close()

    assert asyncio.run(heard()) == b""


def _sent(reception: Reception, sender: int) -> list[bytes]:
    """Bring one mail after another until the door is shut; those that got their 250."""
    taken: list[bytes] = []
    with suppress(OSError, smtplib.SMTPException):
        while True:
            raw = MAIL + b"%d of %d\r\n" % (len(taken), sender)
            reception.send(raw)
            taken.append(raw)
    return taken
