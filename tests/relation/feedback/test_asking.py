"""After solving the requester is asked once, in time, by a mail whose links lie nowhere."""

from datetime import timedelta

import pytest
from django.db import connection

from ambidesk.ground.kernel import holding
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.relation.feedback.asking import rewritten
from ambidesk.relation.feedback.models import Invitation, InvitationState, Spared, Survey, Way
from ambidesk.relation.feedback.offering import (
    AlreadyAsked,
    AskedLately,
    NoSurvey,
    offer,
    offer_due,
)
from ambidesk.relation.feedback.surveying import Asking, archive_survey, set_up_survey, survey_for
from ambidesk.relation.feedback.tokens import invitation_of, token_of
from ambidesk.support.channels.mail.composing.gathering import gather
from ambidesk.support.channels.mail.composing.letter import Mailbox
from ambidesk.support.channels.mail.composing.mail import write
from ambidesk.support.channels.mail.composing.reading import letter_of
from ambidesk.support.conversations.models import Channel, Delivery, Message
from ambidesk.support.tickets.closing import close, reopen, solve
from ambidesk.support.tickets.models import State
from tests.across.privacy.test_erasing import places_with
from tests.cast import Cast
from tests.relation.feedback.conftest import HOUR, asked, solved, tell


def test_nobody_is_asked_before_the_hour_is_over(cast: Cast, survey: Survey) -> None:
    solved(cast)
    assert offer_due(at=cast.at + HOUR - timedelta(seconds=1)) == 0
    assert not Message.objects.filter(automatic=True).exists()


def test_the_requester_is_asked_by_mail_and_the_ticket_stays_solved(
    cast: Cast, survey: Survey
) -> None:
    invitation = asked(cast)
    assert (invitation.state, invitation.way) == (InvitationState.OFFERED, Way.MAIL)
    delivery = Delivery.objects.get(message=invitation.message)
    assert (delivery.recipient, delivery.due_at) == (cast.anna, cast.at + HOUR)
    assert invitation.ticket.state == State.SOLVED
    assert invitation.ticket.first_answered_at is None


def test_a_closed_ticket_is_asked_about_too(cast: Cast, survey: Survey) -> None:
    ticket = cast.ticket()
    close(ticket, by=cast.actor(cast.olga), at=cast.at)
    tell(cast, ticket)
    assert offer_due(at=cast.at + HOUR) == 1
    assert Invitation.objects.get().state == InvitationState.OFFERED


def test_the_mail_says_that_a_machine_wrote_it_and_has_a_link_for_each_face(
    cast: Cast, survey: Survey
) -> None:
    invitation = asked(cast)
    channel = Channel.objects.select_related("brand").get(pk=cast.shop_mail.pk)
    assert invitation.message
    letter = letter_of(
        invitation.message, channel=channel, beside=gather([invitation.message], on=cast.at.date())
    )
    mail = write(letter, reply_to=Mailbox(address=channel.address), at=cast.at).decode()
    assert "Auto-Submitted: auto-" in mail
    assert "X-Auto-Response-Suppress: All" in mail
    link = f"http://localhost:8000/rate/{token_of(invitation)}"
    assert all(f"{link}/{score}" in letter.text for score in range(1, 6))
    assert all(f'href="{link}/{score}"' in letter.html for score in range(1, 6))
    assert "Как мы вам помогли?" in letter.text or "How did we help you?" in letter.text


def test_the_token_of_the_link_lies_in_no_table(cast: Cast, survey: Survey) -> None:
    invitation = asked(cast)
    token = token_of(invitation)
    assert list(places_with(token)) == []
    assert invitation_of(token) == invitation
    assert invitation_of(token[:-1] + ("A" if token[-1] != "A" else "B")) is None


def test_another_message_is_not_rewritten(cast: Cast, survey: Survey) -> None:
    message = cast.write()
    assert rewritten(message) is None


def test_it_is_planned_once_however_often_the_journal_tells(cast: Cast, survey: Survey) -> None:
    ticket = solved(cast)
    tell(cast, ticket)
    assert Invitation.objects.count() == 1
    offer_due(at=cast.at + HOUR)
    tell(cast, ticket)
    assert offer_due(at=cast.at + 2 * HOUR) == 0
    assert Message.objects.filter(automatic=True).count() == 1


def test_who_opens_the_ticket_again_is_not_asked(cast: Cast, survey: Survey) -> None:
    ticket = solved(cast)
    reopen(ticket, by=cast.actor(cast.olga), at=cast.at)
    tell(cast, ticket)
    assert offer_due(at=cast.at + HOUR) == 0
    assert Invitation.objects.get().spared == Spared.REOPENED
    # Solved again, it is asked about again.
    solve(ticket, by=cast.actor(cast.olga), at=cast.at)
    tell(cast, ticket)
    assert offer_due(at=cast.at + HOUR) == 1


def test_the_ticket_is_looked_at_once_more_when_the_question_is_due(
    cast: Cast, survey: Survey
) -> None:
    ticket = solved(cast)
    reopen(ticket, by=cast.actor(cast.olga), at=cast.at)
    offer_due(at=cast.at + HOUR)
    assert Invitation.objects.get().spared == Spared.REOPENED


def test_nobody_is_asked_twice_within_two_weeks(cast: Cast, survey: Survey) -> None:
    first, second = solved(cast), solved(cast)
    other = solved(cast, sender=cast.boris)
    offer_due(at=cast.at + HOUR)
    states = dict(Invitation.objects.values_list("ticket_id", "state"))
    assert states[first.pk] == InvitationState.OFFERED
    assert states[second.pk] == InvitationState.SPARED
    assert states[other.pk] == InvitationState.OFFERED
    third = cast.ticket()
    with pytest.raises(AskedLately):
        offer(third, way=Way.WIDGET, by=SYSTEM, at=cast.at + timedelta(days=13))
    offer(third, way=Way.WIDGET, by=SYSTEM, at=cast.at + timedelta(days=15))


def test_a_widget_that_asks_in_the_conversation_takes_the_place_of_the_mail(
    cast: Cast, survey: Survey
) -> None:
    ticket = solved(cast)
    invitation = offer(ticket, way=Way.WIDGET, by=SYSTEM, at=cast.at)
    assert invitation.state == InvitationState.OFFERED
    assert offer_due(at=cast.at + HOUR) == 0
    with pytest.raises(AlreadyAsked):
        offer(ticket, way=Way.WIDGET, by=SYSTEM, at=cast.at)


def test_nothing_is_asked_where_no_survey_fits(cast: Cast) -> None:
    by = cast.actor(cast.admin)
    survey = set_up_survey(None, Asking(name="Lifts", brand=cast.lifts), by=by, at=cast.at)
    ticket = solved(cast)
    assert not Invitation.objects.exists()
    with pytest.raises(NoSurvey):
        offer(ticket, way=Way.WIDGET, by=SYSTEM, at=cast.at)
    archive_survey(survey, by=by, at=cast.at)
    assert survey_for(cast.ticket(channel=cast.lift_mail)) is None


def test_the_narrowest_survey_asks(cast: Cast, survey: Survey) -> None:
    by, at = cast.actor(cast.admin), cast.at
    shop = set_up_survey(None, Asking(name="Shop", brand=cast.shop), by=by, at=at)
    team = set_up_survey(None, Asking(name="Team", team=cast.shop_team), by=by, at=at)
    ticket = cast.ticket()
    expected = team if ticket.team_id else shop
    assert survey_for(ticket) == expected
    mail = set_up_survey(None, Asking(name="Mail", channel=cast.shop_mail), by=by, at=at)
    assert survey_for(ticket) == mail


def test_our_own_mailbox_is_not_asked(cast: Cast, survey: Survey) -> None:
    cast.anna.value = cast.lift_mail.address
    cast.anna.save()
    asked(cast)
    assert Invitation.objects.get().spared == Spared.UNREACHABLE


def test_after_a_restore_nobody_is_asked_until_somebody_confirms(
    cast: Cast, survey: Survey
) -> None:
    solved(cast)
    holding.hold(at=cast.at)
    assert offer_due(at=cast.at + HOUR) == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM outbox_hold")
    assert offer_due(at=cast.at + HOUR) == 1
