"""Speaking: a word is one message however often it is sent, and stands on the right ticket."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from ambidesk.support.channels.widget.bringing import TooLarge, TooManyFiles, bring
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.reading import read_up_to
from ambidesk.support.channels.widget.speaking import (
    FileGone,
    NothingSaid,
    Said,
    Spoken,
    TooLong,
    say,
)
from ambidesk.support.channels.widget.talk import file_of, read_talk
from ambidesk.support.channels.widget.transcribing import (
    NothingYet,
    TooOften,
    follow_by_mail,
    transcribe,
)
from ambidesk.support.channels.widget.visiting import (
    Guest,
    begin,
    leave,
    recognise,
)
from ambidesk.support.conversations.models import Channel, Delivery, Message
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.describing import mark_read
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.withdrawing import withdraw_answer
from tests.cast import Cast


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)


def spoken(visitor: Visitor, cast: Cast, text: str = "Where is it?", **more: object) -> Spoken:
    at = more.pop("at", cast.at)
    said = Said(key=more.pop("key", uuid4()), text=text, **more)  # type: ignore[arg-type]
    return say(visitor, said, at=at)  # type: ignore[arg-type]


def answered(
    ticket: Ticket, cast: Cast, text: str = "On its way.", due_at: datetime | None = None
) -> Message:
    to = (ticket.requester_identity,)
    said = Answer(text=text, to=to, due_at=due_at or cast.at)  # type: ignore[arg-type]
    return answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)


def test_the_first_word_opens_a_ticket_in_the_queue_of_the_widgets_team(
    visitor: Visitor, cast: Cast
) -> None:
    found = spoken(visitor, cast, "Where is my parcel?\nI wait.")
    assert found.is_new
    assert (found.ticket.subject, found.ticket.team) == ("Where is my parcel?", cast.shop_team)
    assert found.ticket.requester.name == "Vera"


def test_a_nameless_guest_is_told_from_others(widget: Channel, cast: Cast) -> None:
    names = {
        begin(widget, Guest(language="ru"), at=cast.at)[0].identity.person.name for _ in range(3)
    }
    assert len(names) == 3


def test_the_same_word_sent_again_is_one_message(visitor: Visitor, cast: Cast) -> None:
    key = uuid4()
    first, again = spoken(visitor, cast, key=key), spoken(visitor, cast, key=key)
    assert first.message == again.message
    assert (Message.objects.count(), Ticket.objects.count()) == (1, 1)


def test_the_key_of_another_browser_is_its_own(
    visitor: Visitor, widget: Channel, cast: Cast
) -> None:
    key: UUID = uuid4()
    other, _token = begin(widget, Guest(), at=cast.at)
    assert spoken(visitor, cast, key=key).ticket != spoken(other, cast, key=key).ticket


def test_what_follows_stands_on_the_same_ticket_and_brings_it_back(
    visitor: Visitor, cast: Cast
) -> None:
    ticket = spoken(visitor, cast).ticket
    solve(ticket, by=cast.actor(cast.olga), at=cast.at)
    again = spoken(visitor, cast, "Not quite", at=cast.at + timedelta(hours=2))
    assert (again.ticket.pk, again.ticket.state) == (ticket.pk, State.OPEN)


def test_a_day_after_the_end_another_matter_begins(visitor: Visitor, cast: Cast) -> None:
    ticket = spoken(visitor, cast).ticket
    solve(ticket, by=cast.actor(cast.olga), at=cast.at)
    later = spoken(visitor, cast, "Something else", at=cast.at + timedelta(hours=25))
    assert later.is_new
    assert later.ticket != ticket


def test_what_cannot_be_said_is_refused(visitor: Visitor, cast: Cast) -> None:
    with pytest.raises(NothingSaid):
        spoken(visitor, cast, " \0 ")
    with pytest.raises(TooLong):
        spoken(visitor, cast, "x" * 5001)
    with pytest.raises(FileGone):
        spoken(visitor, cast, files=("nobody's",))


def test_a_file_goes_with_one_word_and_belongs_to_its_visitor(
    visitor: Visitor, widget: Channel, cast: Cast
) -> None:
    other, _token = begin(widget, Guest(), at=cast.at)
    kept = bring(visitor, name="a.txt", content=b"words", at=cast.at)
    with pytest.raises(FileGone):
        spoken(other, cast, files=(kept.key,))
    message = spoken(visitor, cast, "", files=(kept.key,)).message
    key = message.attachments.get().key
    with pytest.raises(FileGone):
        spoken(visitor, cast, files=(kept.key,))
    assert file_of(visitor, key, at=cast.at)
    assert file_of(other, key, at=cast.at) is None


def test_files_have_limits(visitor: Visitor, cast: Cast) -> None:
    with pytest.raises(TooLarge):
        bring(visitor, name="a", content=b"x" * 10_000_001, at=cast.at)
    for number in range(10):
        bring(visitor, name="a", content=bytes([number + 1]), at=cast.at)
    with pytest.raises(TooManyFiles):
        bring(visitor, name="a", content=b"one more", at=cast.at)


def test_a_visitor_reads_their_own_talk_and_nothing_else_of_the_ticket(
    visitor: Visitor, cast: Cast
) -> None:
    ticket = spoken(visitor, cast).ticket
    note(ticket, text="internal", by=cast.actor(cast.olga), at=cast.at)
    answered(ticket, cast)
    cast.write("by mail")
    lines = read_talk(visitor, at=cast.at).lines
    assert [(line.text, line.is_mine) for line in lines] == [
        ("Where is it?", True),
        ("On its way.", False),
    ]


def test_an_answer_for_later_is_not_read_before(visitor: Visitor, cast: Cast) -> None:
    ticket = spoken(visitor, cast).ticket
    later = cast.at + timedelta(hours=1)
    said = Answer(text="Soon", to=(visitor.identity,), due_at=later)
    answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    assert len(read_talk(visitor, at=cast.at).lines) == 1
    assert len(read_talk(visitor, at=later).lines) == 2


def test_both_sides_see_what_was_read(visitor: Visitor, cast: Cast) -> None:
    found = spoken(visitor, cast)
    assert read_talk(visitor, at=cast.at).seen == 0
    mark_read(found.ticket)
    assert read_talk(visitor, at=cast.at).seen == found.message.pk
    said = answered(found.ticket, cast)
    assert read_talk(visitor, at=cast.at).unread == 1
    read_up_to(visitor, said.pk + 1000, at=cast.at)
    visitor.refresh_from_db()
    assert (visitor.read_id, read_talk(visitor, at=cast.at).unread) == (said.pk, 0)


def test_a_token_is_known_by_its_digest_only_in_its_widget_and_until_it_is_left(
    widget: Channel, cast: Cast
) -> None:
    visitor, token = begin(widget, Guest(), at=cast.at)
    assert token not in str(vars(visitor))
    assert len(token) >= 43
    assert recognise(widget.address, token, at=cast.at) == visitor
    assert recognise("another", token, at=cast.at) is None
    assert recognise(widget.address, visitor.digest, at=cast.at) is None
    assert recognise(widget.address, "", at=cast.at) is None
    leave(visitor, at=cast.at)
    assert recognise(widget.address, token, at=cast.at) is None


def test_a_typed_address_shows_nothing_of_whose_it_is(widget: Channel, cast: Cast) -> None:
    cast.ticket("A mail of Anna")
    guest = Guest(name="Not Anna", email="anna@example.org")
    visitor, _token = begin(widget, guest, at=cast.at)
    assert visitor.identity.person != cast.anna.person
    assert read_talk(visitor, at=cast.at).lines == ()


def test_a_talk_goes_by_mail_only_once_somebody_of_ours_has_spoken(
    visitor: Visitor, cast: Cast
) -> None:
    ticket = spoken(visitor, cast, "buy this").ticket
    with pytest.raises(NothingYet):
        transcribe(visitor, email="victim@example.net", at=cast.at)
    answered(ticket, cast)
    message = transcribe(visitor, email="vera@example.org", at=cast.at)
    delivery = Delivery.objects.get(message=message)
    assert (delivery.recipient.value, delivery.channel) == ("vera@example.org", cast.shop_mail)
    assert "On its way." in message.text
    # It is no part of the talk itself.
    assert len(read_talk(visitor, at=cast.at).lines) == 2


def test_one_answer_is_no_leave_to_mail_many_strangers(
    widget: Channel, visitor: Visitor, cast: Cast
) -> None:
    ticket = spoken(visitor, cast, "buy this").ticket
    answered(ticket, cast)
    for number in range(3):
        transcribe(visitor, email=f"{number}@strangers.example", at=cast.at)
    # The same talk in another browser is the same talk.
    again, _token = begin(widget, Guest(), at=cast.at)
    Visitor.objects.filter(pk=again.pk).update(thread=visitor.thread)
    again.refresh_from_db()
    with pytest.raises(TooOften):
        transcribe(again, email="4@strangers.example", at=cast.at)


def test_what_is_not_read_for_minutes_follows_by_mail_once(widget: Channel, cast: Cast) -> None:
    visitor, _token = begin(widget, Guest(email="vera@example.org"), at=cast.at)
    ticket = spoken(visitor, cast).ticket
    answered(ticket, cast, "We found it.")
    assert follow_by_mail(at=cast.at + timedelta(minutes=1)) == 0
    later = cast.at + timedelta(minutes=6)
    assert follow_by_mail(at=later) == 1
    assert follow_by_mail(at=later) == 0
    mails = Delivery.objects.filter(channel=cast.shop_mail)
    assert [each.message.text for each in mails] == ["We found it."]


def test_what_is_not_due_yet_follows_by_mail_when_it_is(widget: Channel, cast: Cast) -> None:
    visitor, _token = begin(widget, Guest(email="vera@example.org"), at=cast.at)
    ticket = spoken(visitor, cast).ticket
    # Written first, to be sent in an hour; what is said after it is due at once.
    answered(ticket, cast, "It has left.", due_at=cast.at + timedelta(hours=1))
    answered(ticket, cast, "We found it.")
    mails = Delivery.objects.filter(channel=cast.shop_mail).order_by("pk")
    follow_by_mail(at=cast.at + timedelta(minutes=6))
    assert [each.message.text for each in mails.all()] == ["We found it."]
    # Nobody read the widget since, and the later one is due now.
    assert follow_by_mail(at=cast.at + timedelta(minutes=62)) == 0
    assert follow_by_mail(at=cast.at + timedelta(minutes=66)) == 1
    assert [each.message.text for each in mails.all()] == ["We found it.", "It has left."]
    assert follow_by_mail(at=cast.at + timedelta(minutes=72)) == 0


def test_an_answer_that_was_taken_back_does_not_follow_by_mail(widget: Channel, cast: Cast) -> None:
    visitor, _token = begin(widget, Guest(email="vera@example.org"), at=cast.at)
    ticket = spoken(visitor, cast).ticket
    message = answered(ticket, cast, "Oops.", due_at=cast.at + timedelta(seconds=10))
    withdraw_answer(ticket, message, by=cast.actor(cast.olga), at=cast.at + timedelta(seconds=5))
    assert follow_by_mail(at=cast.at + timedelta(minutes=6)) == 0
    assert not Delivery.objects.filter(channel=cast.shop_mail).exists()


def test_an_answer_for_later_is_seen_at_once_when_it_is_due(widget: Channel, cast: Cast) -> None:
    visitor, _token = begin(widget, Guest(), at=cast.at)
    ticket = spoken(visitor, cast).ticket
    due = cast.at + timedelta(hours=1)
    later = answered(ticket, cast, "It has left.", due_at=due)
    newest = answered(ticket, cast, "We found it.")
    said = read_talk(visitor, after=newest.pk, at=due + timedelta(seconds=5))
    assert [line.id for line in said.lines] == [later.pk]
