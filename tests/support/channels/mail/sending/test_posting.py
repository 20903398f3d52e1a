"""Answers leave by real SMTP: once, when they are due, and never when they were taken back."""

from collections.abc import Callable
from datetime import datetime, timedelta

from pytest_django.fixtures import Settings as DjangoSettings

from ambidesk.ground.kernel import holding, outbox
from ambidesk.ground.kernel.ephemeral import connection as counting
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.channels.mail.sending.posting import LEASE, Post, waiting
from ambidesk.support.conversations.erasing import erase_messages
from ambidesk.support.conversations.models import Channel, Delivery, DeliveryState, Message
from ambidesk.support.tickets.withdrawing import withdraw_answer
from tests.cast import Cast
from tests.support.channels.mail.relays import Manners, relay
from tests.support.channels.mail.sending.office import post, say, state_of, through
from tests.waiting import PATIENCE_SECONDS


def test_an_answer_leaves_when_it_is_due_and_not_before(
    cast: Cast, settings: DjangoSettings
) -> None:
    say(cast, due_at=cast.at + timedelta(hours=1))
    with relay() as found:
        through(settings, found)
        assert post(cast).found == 0
        assert post(cast, cast.at + timedelta(hours=1)).sent == 1


def test_an_answer_that_was_taken_back_never_leaves(cast: Cast, settings: DjangoSettings) -> None:
    ticket = cast.ticket()
    message = say(cast, ticket)
    withdraw_answer(ticket, message, by=cast.actor(cast.olga), at=cast.at)
    with relay() as found:
        through(settings, found)
        assert post(cast).found == 0
    assert not found.taken


def test_an_answer_that_is_taken_back_under_way_never_leaves(
    cast: Cast, settings: DjangoSettings
) -> None:
    first, second = say(cast), say(cast, text="Second")

    def take_back(_raw: bytes) -> None:
        Message.objects.filter(pk=second.pk).update(withdrawn_at=cast.at)

    with relay() as found:
        through(settings, found)
        channel = Channel.objects.select_related("brand").get(pk=cast.shop_mail.pk)
        clock = _meanwhile(cast, lambda: take_back(b""))
        office = Post(channel=channel, clock=clock, step=PATIENCE_SECONDS)
        office.run()
    assert state_of(first).state == DeliveryState.SENT
    assert len(found.taken) == 1


def _meanwhile(cast: Cast, act: Callable[[], object]) -> Callable[[], datetime]:
    """A clock that lets something happen when the first mail was marked as sent."""

    def clock() -> datetime:
        if Delivery.objects.filter(state=DeliveryState.SENT).exists():
            act()
        return cast.at + timedelta(seconds=1)

    return clock


def test_what_somebody_else_holds_is_left_alone(cast: Cast, settings: DjangoSettings) -> None:
    say(cast)
    outbox.lease(waiting(cast.shop_mail), at=cast.at, lasting=LEASE, limit=1)
    with relay() as found:
        through(settings, found)
        assert post(cast).found == 0
        assert post(cast, cast.at + LEASE + timedelta(seconds=1)).sent == 1


def test_a_batch_goes_over_one_connection(cast: Cast, settings: DjangoSettings) -> None:
    for number in range(5):
        say(cast, text=f"Answer {number}")
    with relay() as found:
        through(settings, found)
        post(cast)
    assert (found.connections, len(found.taken)) == (1, 5)


def test_a_relay_that_ends_the_connection_meanwhile_is_called_again(
    cast: Cast, settings: DjangoSettings
) -> None:
    for number in range(5):
        say(cast, text=f"Answer {number}")
    with relay(Manners(drops_after=2)) as found:
        through(settings, found)
        assert post(cast).sent == 4
        later = Delivery.objects.get(state=DeliveryState.WAITING)
        assert post(cast, later.due_at).sent == 1
    assert found.connections == 3


def test_an_answer_whose_receipt_was_lost_is_sent_again_under_the_same_id(
    cast: Cast, settings: DjangoSettings
) -> None:
    message = say(cast)
    with relay(Manners(forgets_to_say=True)) as found:
        through(settings, found)
        post(cast)
        post(cast, state_of(message).due_at)
    assert [taken.mail["Message-ID"] for taken in found.taken] == [f"<{message.external_id}>"] * 2


def test_nothing_leaves_while_the_desk_is_held(cast: Cast, settings: DjangoSettings) -> None:
    say(cast)
    holding.hold(at=cast.at)
    with relay() as found:
        through(settings, found)
        assert post(cast).found == 0
        holding.release(by=SYSTEM, at=cast.at)
        assert post(cast).sent == 1


def test_a_channel_sends_no_faster_than_it_may(cast: Cast, settings: DjangoSettings) -> None:
    Channel.objects.update(settings={"habits": {"per_minute": 2}})
    for _time in range(3):
        say(cast)
    with relay() as found:
        through(settings, found)
        assert post(cast).sent == 2
    counting.close()
    left = Delivery.objects.get(state=DeliveryState.WAITING)
    assert (left.attempts, left.leased_until) == (0, None)


def test_what_was_for_somebody_who_is_erased_never_leaves(
    cast: Cast, settings: DjangoSettings
) -> None:
    message = say(cast)
    erase_messages(cast.anna.person, at=cast.at)
    with relay() as found:
        through(settings, found)
        assert post(cast).found == 0
    assert state_of(message).state == DeliveryState.WITHDRAWN
