"""A mark by one press in the messenger of the talk, and words by a reply."""

from datetime import timedelta

import pytest

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.relation.feedback.models import Invitation, Rating, Way
from ambidesk.relation.feedback.offering import offer_due
from ambidesk.relation.feedback.planning import KINDS, plan
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.support.channels.kit.server import Arrived
from ambidesk.support.channels.telegram.simulator import Person
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.models import State, Ticket
from tests.support.channels.linking.conftest import desk, telegram, vera
from tests.support.channels.telegram.desk import Desk, now

__all__ = ["desk", "telegram", "vera"]


@pytest.fixture
def question(desk: Desk, vera: Person) -> Arrived:
    """Vera was helped in Telegram, and is asked there."""
    set_up_survey(None, Asking(name="CSAT"), by=SYSTEM, at=now())
    desk.telegram.say(vera, "Where is my parcel?")
    desk.hear()
    ticket = desk.ticket()
    desk.answer(ticket, "It comes today.")
    solve(ticket, by=desk.cast.actor(desk.cast.olga), at=now())
    ask(desk, ticket)
    return desk.telegram.ledger[-1]


def ask(desk: Desk, ticket: Ticket) -> None:
    plan([each for each in entries_of("ticket", ticket.pk) if each.kind in KINDS], at=now())
    assert offer_due(at=now() + timedelta(hours=2)) == 1
    ticket.filings.last().message.deliveries.update(due_at=now())  # type: ignore[union-attr]
    desk.send(rounds=3)


def press(desk: Desk, vera: Person, question: Arrived, number: int) -> None:
    desk.telegram.press(vera, question, value=question.buttons[number]["callback_data"])
    desk.hear()


def test_the_question_is_asked_where_the_talk_was_with_a_button_for_each_mark(
    question: Arrived,
) -> None:
    assert question.text.endswith("?")
    assert "http" not in question.text
    assert [button["text"] for button in question.buttons] == ["😞", "🙁", "😐", "🙂", "😍"]
    assert Invitation.objects.get().way == Way.MESSENGER


def test_one_press_is_a_mark_and_the_question_becomes_thanks(
    desk: Desk, vera: Person, question: Arrived
) -> None:
    press(desk, vera, question, 4)
    rating = Rating.objects.get()
    assert (rating.score, rating.is_good, rating.way) == (5, True, Way.MESSENGER)
    (edited,) = desk.telegram.edits
    assert edited.name == question.name
    assert "😍" in edited.text
    assert edited.buttons == ()
    assert len(desk.telegram.heeded) == 1
    ticket = Ticket.objects.get()
    assert ticket.state == State.SOLVED
    assert [e.kind for e in entries_of("ticket", ticket.pk)].count("feedback.rated") == 1


def test_a_reply_to_the_question_is_a_comment_and_opens_nothing_again(
    desk: Desk, vera: Person, question: Arrived
) -> None:
    press(desk, vera, question, 1)
    desk.telegram.say(vera, "It took too long", reply_to_message={"message_id": question.name})
    desk.hear()
    assert Rating.objects.get().comment == "It took too long"
    assert "It took too long" not in desk.said()
    assert Ticket.objects.get().state == State.SOLVED


def test_words_that_are_no_reply_are_words_of_the_talk(
    desk: Desk, vera: Person, question: Arrived
) -> None:
    press(desk, vera, question, 1)
    desk.telegram.say(vera, "And where is the second one?")
    desk.hear()
    assert Rating.objects.get().comment == ""
    assert Ticket.objects.get().state == State.OPEN


def test_nobody_else_gives_the_mark(desk: Desk, question: Arrived) -> None:
    stranger = desk.telegram.person(7666, "Stranger")
    desk.telegram.start(stranger)
    press(desk, stranger, question, 0)
    assert not Rating.objects.exists()
    assert desk.telegram.edits == []


def test_a_mark_that_is_on_no_scale_is_none(desk: Desk, vera: Person, question: Arrived) -> None:
    value = f"rate:{Invitation.objects.get().pk}:9"
    desk.telegram.press(vera, question, value=value)
    desk.hear()
    assert not Rating.objects.exists()


def test_pressing_again_changes_ones_mind(desk: Desk, vera: Person, question: Arrived) -> None:
    press(desk, vera, question, 0)
    press(desk, vera, question, 3)
    assert Rating.objects.get().score == 4


def test_every_scale_has_its_buttons(desk: Desk, vera: Person) -> None:
    set_up_survey(None, Asking(name="NPS", kind=SurveyKind.NPS), by=SYSTEM, at=now())
    desk.telegram.say(vera, "Thanks")
    desk.hear()
    solve(desk.ticket(), by=desk.cast.actor(desk.cast.olga), at=now())
    ask(desk, desk.ticket())
    assert [b["text"] for b in desk.telegram.ledger[-1].buttons] == [str(n) for n in range(11)]
