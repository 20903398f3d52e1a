"""Answers that do not leave: they wait, are refused for good or are told, and hold up no others."""

from datetime import timedelta

from pytest_django.fixtures import Settings as DjangoSettings

from ambidesk.ground.files import storing
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.kernel.models import Problem
from ambidesk.support.conversations.models import (
    Channel,
    ChannelHealth,
    Delivery,
    DeliveryState,
    Trouble,
)
from ambidesk.support.tickets.models import State
from tests.cast import Cast
from tests.support.channels.mail.relays import Manners, relay
from tests.support.channels.mail.sending.office import post, say, state_of, through


def test_a_relay_that_asks_to_wait_gets_the_answer_later(
    cast: Cast, settings: DjangoSettings
) -> None:
    message = say(cast)
    manners = Manners(to_recipient=lambda _address: "450 4.7.1 greylisted")
    with relay(manners) as found:
        through(settings, found)
        assert post(cast).sent == 0
        delivery = state_of(message)
        assert (delivery.state, delivery.attempts) == (DeliveryState.WAITING, 1)
        assert "greylisted" in delivery.words
        assert delivery.leased_until is None
        assert post(cast).found == 0
        manners.to_recipient = lambda _address: None
        assert post(cast, delivery.due_at).sent == 1
    assert state_of(message).words == ""


def test_after_three_days_an_answer_is_refused_for_good(
    cast: Cast, settings: DjangoSettings
) -> None:
    ticket = cast.ticket()
    message = say(cast, ticket)
    manners = Manners(to_recipient=lambda _address: "450 try later")
    at, times = cast.at + timedelta(seconds=1), 0
    with relay(manners) as found:
        through(settings, found)
        while state_of(message).state == DeliveryState.WAITING:
            post(cast, at)
            at, times = max(at, state_of(message).due_at), times + 1
            assert times < 60
    delivery = state_of(message)
    ticket.refresh_from_db()
    assert delivery.state == DeliveryState.REFUSED
    assert timedelta(days=3) <= at - cast.at < timedelta(days=3, hours=7)
    assert 20 < times < 40
    assert ticket.state == State.OPEN


def test_a_refusal_is_final_and_brings_the_ticket_back(
    cast: Cast, settings: DjangoSettings
) -> None:
    ticket = cast.ticket()
    message = say(cast, ticket)
    with relay(Manners(to_recipient=lambda _address: "550 5.1.1 no such user")) as found:
        through(settings, found)
        post(cast)
        assert post(cast, cast.at + timedelta(days=1)).found == 0
    delivery = state_of(message)
    ticket.refresh_from_db()
    assert (delivery.state, delivery.status) == (DeliveryState.REFUSED, "5.1.1")
    assert "no such user" in delivery.words
    assert (ticket.state, ticket.unread) == (State.OPEN, True)
    assert entries_of("ticket", ticket.pk)[-1].kind == "tickets.delivery_failed"
    assert Problem.objects.filter(kind="delivery-refused").count() == 1


def test_one_refused_recipient_does_not_hold_up_the_other(
    cast: Cast, settings: DjangoSettings
) -> None:
    say(cast, cc=(cast.boris,))
    manners = Manners(to_recipient=lambda address: "550 no" if "anna" in address else None)
    with relay(manners) as found:
        through(settings, found)
        post(cast)
    assert [taken.recipient for taken in found.taken] == ["boris@example.net"]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"refused", "sent"}


def test_without_a_relay_all_wait_and_the_channel_says_why(
    cast: Cast, settings: DjangoSettings
) -> None:
    settings.SMTP_RELAY = ""
    messages = [say(cast), say(cast)]
    assert post(cast).trouble is Trouble.NO_RELAY
    channel = Channel.objects.get(pk=cast.shop_mail.pk)
    assert channel.health == ChannelHealth.FAILING
    assert {state_of(message).trouble for message in messages} == {"no_relay"}
    assert Problem.objects.get().kind == "channel-sending"


def test_when_the_relay_answers_again_what_waited_for_it_leaves_at_once(
    cast: Cast, settings: DjangoSettings
) -> None:
    settings.SMTP_RELAY = "smtp://127.0.0.1:1"
    old = say(cast)
    post(cast)
    Delivery.objects.update(due_at=cast.at + timedelta(hours=4))
    with relay() as found:
        through(settings, found)
        say(cast, text="New")
        later = cast.at + timedelta(minutes=5)
        assert post(cast, later).sent == 1
        assert post(cast, later).sent == 1
    assert state_of(old).state == DeliveryState.SENT
    assert Channel.objects.get(pk=cast.shop_mail.pk).health == ChannelHealth.WORKING
    assert not Problem.objects.filter(solved_at=None).exists()


def test_a_relay_that_refuses_our_sender_keeps_the_answers_for_later(
    cast: Cast, settings: DjangoSettings
) -> None:
    for _time in range(3):
        say(cast)
    with relay(Manners(to_sender=lambda _address: "553 5.7.1 not yours")) as found:
        through(settings, found)
        assert post(cast).trouble is Trouble.SENDER_REFUSED
    assert set(Delivery.objects.values_list("state", "attempts")) == {("waiting", 1)}


def test_settings_that_cannot_be_read_keep_the_answers_for_later(cast: Cast) -> None:
    say(cast)
    Channel.objects.update(secret="sealed with another key")
    assert post(cast).trouble is Trouble.UNREADABLE
    Channel.objects.update(secret="", settings={"habits": {"nonsense": 1}})
    assert post(cast, cast.at + timedelta(hours=1)).trouble is Trouble.UNREADABLE


def test_a_file_that_is_gone_is_told_and_the_others_leave(
    cast: Cast, settings: DjangoSettings
) -> None:
    blob = storing.store(b"content", at=cast.at)
    lost, other = say(cast, files=((blob, "a.txt"),)), say(cast, text="Second")
    storing.remove([blob], at=cast.at)
    with relay() as found:
        through(settings, found)
        post(cast)
    assert state_of(lost).trouble == Trouble.CANNOT_BE_WRITTEN
    assert state_of(other).state == DeliveryState.SENT


def test_a_recipient_without_an_address_is_told(cast: Cast, settings: DjangoSettings) -> None:
    message = say(cast)
    cast.anna.__class__.objects.filter(pk=cast.anna.pk).update(value="no address at all")
    with relay() as found:
        through(settings, found)
        post(cast)
    assert state_of(message).trouble == Trouble.NO_ADDRESS
