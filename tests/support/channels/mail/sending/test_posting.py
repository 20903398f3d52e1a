"""Answers leave by real SMTP: once, threaded, each recipient under a token of their own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings as DjangoSettings

from ambidesk.ground.files import storing
from ambidesk.ground.kernel import holding, outbox
from ambidesk.ground.kernel.ephemeral import connection as counting
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.channels.mail.sending.posting import LEASE, Post, Posted, waiting
from ambidesk.support.conversations.erasing import erase_messages
from ambidesk.support.conversations.models import (
    Channel,
    ChannelHealth,
    Delivery,
    DeliveryState,
    Message,
    Trouble,
)
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.withdrawing import withdraw_answer
from tests.cast import Cast
from tests.support.channels.mail.relays import Manners, Relay, relay


def say(cast: Cast, ticket: Ticket | None = None, **fields: Any) -> Message:
    values: dict[str, Any] = {"text": "Уже в пути.", "to": (cast.anna,), "due_at": cast.at}
    return answer(
        ticket or cast.ticket(),
        Answer(**{**values, **fields}),
        by=cast.actor(cast.olga),
        at=cast.at,
    )


def post(cast: Cast, at: datetime | None = None, *, channel: Channel | None = None) -> Posted:
    channel = Channel.objects.select_related("brand").get(pk=(channel or cast.shop_mail).pk)
    now = at or cast.at + timedelta(seconds=1)
    return Post(channel=channel, clock=lambda: now, step=3).run()


def through(settings: DjangoSettings, found: Relay) -> None:
    settings.SMTP_RELAY = found.url


def state_of(message: Message) -> Delivery:
    return Delivery.objects.get(message=message)


def test_an_answer_arrives_threaded_and_its_token_leads_back(
    cast: Cast, settings: DjangoSettings
) -> None:
    ticket = cast.ticket("Где посылка?", external_id="first@example.org", subject="Посылка")
    message = say(cast, ticket)
    with relay() as found:
        through(settings, found)
        assert post(cast).sent == 1
        assert post(cast).found == 0
    (taken,) = found.taken
    delivery = state_of(message)
    token = f"help+{delivery.reply_token}@polka.example"
    assert (taken.sender, taken.recipient) == (token, "anna@example.org")
    assert taken.mail["Reply-To"].addresses[0].addr_spec == token
    assert str(taken.mail["From"]) == "Polka <help@polka.example>"
    assert taken.mail["Message-ID"] == f"<{message.external_id}>"
    assert taken.mail["In-Reply-To"] == "<first@example.org>"
    assert taken.mail["References"] == "<first@example.org>"
    assert taken.mail["Subject"] == "Re: Посылка"
    body = taken.mail.get_body(("plain",))
    assert body
    assert "> Где посылка?" in body.get_content()  # type: ignore[attr-defined]
    assert delivery.state == DeliveryState.SENT
    assert delivery.sent_at == cast.at + timedelta(seconds=1)


def test_each_recipient_gets_an_own_mail_that_names_all(
    cast: Cast, settings: DjangoSettings
) -> None:
    say(cast, cc=(cast.boris,))
    with relay() as found:
        through(settings, found)
        post(cast)
    assert {taken.recipient for taken in found.taken} == {"anna@example.org", "boris@example.net"}
    assert len({str(taken.mail["Reply-To"]) for taken in found.taken}) == 2
    assert len({taken.mail["Message-ID"] for taken in found.taken}) == 1
    assert {str(taken.mail["Cc"]) for taken in found.taken} == {"Boris Smirnov <boris@example.net>"}


def test_words_of_one_person_are_not_quoted_to_another(
    cast: Cast, settings: DjangoSettings
) -> None:
    ticket = cast.ticket("Boris's secret", sender=cast.boris)
    say(cast, ticket, to=(cast.anna,))
    with relay() as found:
        through(settings, found)
        post(cast)
    body = found.taken[0].mail.get_body(("plain",))
    assert body
    assert "secret" not in body.get_content()  # type: ignore[attr-defined]


def test_a_file_comes_along_under_its_name(cast: Cast, settings: DjangoSettings) -> None:
    blob = storing.store(b"%PDF-1.4 \x00\xff", at=cast.at)
    say(cast, files=((blob, "Счёт № 5.pdf"),))
    with relay() as found:
        through(settings, found)
        post(cast)
    (part,) = found.taken[0].mail.iter_attachments()
    assert part.get_filename() == "Счёт № 5.pdf"
    assert part.get_content() == b"%PDF-1.4 \x00\xff"  # type: ignore[attr-defined]


def test_the_operator_speaks_under_their_name_where_the_channel_wants_it(
    cast: Cast, settings: DjangoSettings
) -> None:
    Channel.objects.update(settings={"habits": {"speaks_as": "operator", "tokens": False}})
    say(cast)
    with relay() as found:
        through(settings, found)
        post(cast)
    (taken,) = found.taken
    assert taken.mail["From"].addresses[0].display_name == "Olga Orlova (Polka)"
    assert taken.sender == "help@polka.example"
    assert taken.mail["Reply-To"].addresses[0].addr_spec == "help@polka.example"


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
        office = Post(channel=channel, clock=_meanwhile(cast, lambda: take_back(b"")), step=3)
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


def test_automatic_messages_say_that_they_are(cast: Cast, settings: DjangoSettings) -> None:
    say(cast, automatic=True)
    with relay() as found:
        through(settings, found)
        post(cast)
    assert found.taken[0].mail["Auto-Submitted"] == "auto-replied"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_words_that_the_desk_adds_are_in_the_brands_language(
    cast: Cast, settings: DjangoSettings, language: str
) -> None:
    cast.shop.__class__.objects.update(language=language, signature="{{operator.name}}, Polka")
    say(cast)
    with relay() as found:
        through(settings, found)
        post(cast)
    body = found.taken[0].mail.get_body(("html",))
    assert body
    assert f'<html lang="{language}">' in body.get_content()  # type: ignore[attr-defined]
    assert "Olga Orlova, Polka" in body.get_content()  # type: ignore[attr-defined]
