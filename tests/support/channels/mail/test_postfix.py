"""A real mail server before us and behind us: its queue, its patience, its TLS."""

from pathlib import Path

from django.conf import LazySettings

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.channels.mail.sending.posting import Post
from ambidesk.support.channels.mail.smtp.guests import Limits
from ambidesk.support.conversations.models import Delivery, IntakeItem
from ambidesk.support.conversations.raw import raw_of
from ambidesk.support.tickets.answering import Answer, answer
from tests.cast import Cast
from tests.ports import free_port
from tests.support.channels.mail.conftest import receiving
from tests.support.channels.mail.postfix import postfix
from tests.support.channels.mail.relays import certificate, relay
from tests.waiting import wait_for

MAIL = (
    b"From: Anna <anna@example.org>\r\nTo: help@polka.example\r\nSubject: Parcel\r\n"
    b"Message-ID: <one@example.org>\r\n\r\nWhere is it?\r\n"
)


def test_a_server_that_we_put_off_keeps_the_mail_and_comes_again(house: Cast) -> None:
    ours = free_port()
    with (
        relay() as sink,
        postfix(port=free_port(), ours=ours, sink=sink.port, domain="polka.example") as server,
    ):
        with receiving(Limits(mails_of_one=0), port=ours):
            server.take(MAIL, "help@polka.example")
            wait_for(lambda: any("451" in reason for reason in server.reasons()))
        assert not IntakeItem.objects.exists()
        with receiving(port=ours):
            wait_for(lambda: server.come_again() or IntakeItem.objects.exists())
            wait_for(lambda: not server.queued())
    (item,) = IntakeItem.objects.all()
    assert item.channel_id == house.shop_mail.pk
    assert b"Where is it?" in raw_of(item)


def test_a_server_that_insists_on_tls_hands_in_under_our_certificate(
    house: Cast, tmp_path: Path, settings: LazySettings
) -> None:
    certificate(tmp_path)
    settings.SMTP_CERTIFICATE = str(tmp_path / "localhost.pem")
    settings.SMTP_KEY = str(tmp_path / "localhost.key")
    with (
        relay() as sink,
        receiving() as reception,
        postfix(
            port=free_port(),
            ours=reception.port,
            sink=sink.port,
            domain="polka.example",
            security="encrypt",
        ) as server,
    ):
        server.take(MAIL, "help@polka.example")
        wait_for(lambda: IntakeItem.objects.exists() and not server.queued())
    assert IntakeItem.objects.get().channel_id == house.shop_mail.pk


def test_our_answer_leaves_through_a_server_and_waits_there_for_the_last_one(
    house: Cast, settings: LazySettings
) -> None:
    said = Answer(text="It is on its way.", to=(house.anna,), due_at=house.at)
    message = answer(house.ticket(), said, by=SYSTEM, at=house.at)
    sink_port, tries = free_port(), []

    def once_later(address: str) -> str | None:
        tries.append(address)
        return "450 4.2.0 come again" if len(tries) == 1 else None

    with (
        relay() as sink,
        postfix(port=free_port(), ours=sink_port, sink=sink.port, domain="polka.example") as server,
    ):
        sink.manners.to_recipient = once_later
        settings.SMTP_RELAY = server.url
        assert Post(channel=house.shop_mail).run().sent == 1
        assert Delivery.objects.get(message=message).state == "sent"
        wait_for(lambda: tries)

        def has_come() -> bool:
            # What it tries while its last try still says goodbye, it puts off for minutes.
            server.come_again()
            return bool(sink.to("anna@example.org"))

        wait_for(has_come)
        wait_for(lambda: not server.queued())
    (taken,) = sink.taken
    assert taken.mail["Message-ID"] == f"<{message.external_id}>"
    assert len(tries) == 2
