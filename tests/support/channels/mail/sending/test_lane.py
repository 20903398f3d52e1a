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
from ambidesk.support.channels.mail.sending.session import STEP_SECONDS
from ambidesk.support.channels.sending.lane import Sending
from ambidesk.support.conversations.models import Channel, Delivery, DeliveryState
from ambidesk.support.tickets.answering import Answer, answer
from tests.cast import Cast, make_cast
from tests.support.channels.mail.relays import Manners, relay
from tests.waiting import PATIENCE_SECONDS, wait_for

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
        thread.join(PATIENCE_SECONDS)
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

        def is_soon() -> bool:
            before = len(found.taken)
            say(cast, cast.shop_mail, after=0.7)
            due_at = Delivery.objects.latest("pk").due_at
            wait_for(lambda: len(found.taken) > before)
            late = datetime.now(UTC) - due_at
            assert late >= timedelta(0)
            return late < timedelta(seconds=1.5)

        # A machine that is busy is late now and then, and not each time.
        wait_for(is_soon)
        wait_for(lambda: set(states()) == {"sent"})


def test_a_dead_relay_does_not_hold_up_a_living_one(cast: Cast, settings: DjangoSettings) -> None:
    with relay(Manners(hangs_at_mail=True)) as dead, relay() as living, running():
        settings.SMTP_RELAY = living.url
        smtp = {"host": "127.0.0.1", "port": dead.port, "security": "none", "user": ""}
        Channel.objects.filter(pk=cast.lift_mail.pk).update(settings={"smtp": smtp})
        say(cast, cast.lift_mail, 3)
        wait_for(lambda: dead.connections == 1)
        begun = time.monotonic()
        say(cast, cast.shop_mail, 3)
        wait_for(lambda: len(living.taken) == 3)
        # So long the dead one is waited for.
        assert time.monotonic() - begun < STEP_SECONDS
    assert states() == {"sent": 3, "waiting": 3}


def test_two_workers_send_each_answer_once(cast: Cast, settings: DjangoSettings) -> None:
    say(cast, cast.shop_mail, 30)
    say(cast, cast.lift_mail, 30)
    with relay() as found:
        settings.SMTP_RELAY = found.url
        with running(), running():
            wait_for(lambda: states() == {"sent": 60})
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
        wait_for(lambda: states() == {"sent": 1, "waiting": 1})
        Channel.objects.filter(pk=cast.shop_mail.pk).update(enabled=True)
        wait_for(lambda: states() == {"sent": 2})


def test_a_stop_lets_the_mail_under_way_arrive_and_gives_the_others_back(
    cast: Cast, settings: DjangoSettings
) -> None:
    say(cast, cast.shop_mail, 40)
    with relay() as found:
        settings.SMTP_RELAY = found.url
        with running() as stop:
            wait_for(lambda: bool(found.taken))
            stop.set()
        sent = states().get("sent", 0)
        assert len(found.taken) == sent
        assert not Delivery.objects.filter(
            state=DeliveryState.WAITING, leased_until__isnull=False
        ).exists()
