"""The lane of sending, with threads and commits as in a worker."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings as DjangoSettings

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.channels.mail.sending.posting import post_office
from ambidesk.support.channels.sending.lane import Sending
from ambidesk.support.conversations.models import Channel, Delivery, DeliveryState
from ambidesk.support.tickets.answering import Answer, answer
from tests.cast import Cast, make_cast
from tests.support.channels.mail.relays import Manners, relay, until

pytestmark = pytest.mark.usefixtures("clone")


@pytest.fixture
def cast(clone: str) -> Cast:
    return make_cast(datetime.now(UTC))


@contextmanager
def running() -> Iterator[threading.Event]:
    """A worker's lane of sending."""
    stop = threading.Event()
    thread = threading.Thread(target=Sending({"email": post_office}).run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join(15)
        assert not thread.is_alive()


def say(cast: Cast, channel: Channel, times: int = 1, *, after: float = 0) -> None:
    for number in range(times):
        ticket = cast.ticket(channel=channel)
        said = Answer(
            text=f"Answer {number}",
            to=(cast.anna,),
            due_at=datetime.now(UTC) + timedelta(seconds=after),
        )
        answer(ticket, said, by=SYSTEM, at=datetime.now(UTC))


def states() -> dict[str, int]:
    found = list(Delivery.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def test_an_answer_leaves_within_a_second_of_its_time(cast: Cast, settings: DjangoSettings) -> None:
    with relay() as found, running():
        settings.SMTP_RELAY = found.url
        say(cast, cast.shop_mail, after=0.7)
        due_at = Delivery.objects.get().due_at
        until(lambda: bool(found.taken))
        assert timedelta(0) <= datetime.now(UTC) - due_at < timedelta(seconds=2)
        until(lambda: states() == {"sent": 1})


def test_a_dead_relay_does_not_hold_up_a_living_one(cast: Cast, settings: DjangoSettings) -> None:
    with relay(Manners(hangs_at_mail=True)) as dead, relay() as living, running():
        settings.SMTP_RELAY = living.url
        smtp = {"host": "127.0.0.1", "port": dead.port, "security": "none", "user": ""}
        Channel.objects.filter(pk=cast.lift_mail.pk).update(settings={"smtp": smtp})
        say(cast, cast.lift_mail, 3)
        until(lambda: dead.connections == 1)
        begun = time.monotonic()
        say(cast, cast.shop_mail, 3)
        until(lambda: len(living.taken) == 3)
        assert time.monotonic() - begun < 5
    assert states() == {"sent": 3, "waiting": 3}


def test_two_workers_send_each_answer_once(cast: Cast, settings: DjangoSettings) -> None:
    say(cast, cast.shop_mail, 30)
    say(cast, cast.lift_mail, 30)
    with relay() as found:
        settings.SMTP_RELAY = found.url
        with running(), running():
            until(lambda: states() == {"sent": 60}, seconds=30)
    ids = [taken.mail["Message-ID"] for taken in found.taken]
    assert len(ids) == len(set(ids)) == 60


def test_a_channel_out_of_use_sends_nothing_until_it_is_used_again(
    cast: Cast, settings: DjangoSettings
) -> None:
    Channel.objects.filter(pk=cast.shop_mail.pk).update(enabled=False)
    say(cast, cast.shop_mail)
    say(cast, cast.lift_mail)
    with relay() as found, running():
        settings.SMTP_RELAY = found.url
        until(lambda: states() == {"sent": 1, "waiting": 1})
        Channel.objects.filter(pk=cast.shop_mail.pk).update(enabled=True)
        until(lambda: states() == {"sent": 2})


def test_a_stop_lets_the_mail_under_way_arrive_and_gives_the_others_back(
    cast: Cast, settings: DjangoSettings
) -> None:
    say(cast, cast.shop_mail, 40)
    with relay() as found:
        settings.SMTP_RELAY = found.url
        with running() as stop:
            until(lambda: bool(found.taken))
            stop.set()
        sent = states().get("sent", 0)
        assert len(found.taken) == sent
        assert not Delivery.objects.filter(
            state=DeliveryState.WAITING, leased_until__isnull=False
        ).exists()
