"""
Offering: the question is put to the person, in the channel of the talk.

`offer` is for whoever asks in the conversation itself, such as the widget; `offer_due` is the pump
that asks by a message what nobody asked there.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.holding import held_since
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.parties.people.models import Person
from ambidesk.relation.feedback.asking import Unreachable, ask
from ambidesk.relation.feedback.events import FeedbackOffered
from ambidesk.relation.feedback.models import Invitation, InvitationState, Spared, Way
from ambidesk.relation.feedback.refusing import refuses
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.relation.feedback.surveying import survey_for
from ambidesk.relation.feedback.tokens import fresh_nonce, hash_of, token_of
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import record

AT_ONCE = 50


class NoSurvey(Refusal):
    """Nothing is asked about such tickets."""

    sentence = _("No survey is set up for this ticket.")


class AskedLately(Refusal):
    """People are not asked all the time."""

    sentence = _("This person was asked not long ago.")


class WantsNone(Refusal):
    """They said so."""

    sentence = _("This person does not want to be asked.")


class AlreadyAsked(Refusal):
    """One question a ticket."""

    sentence = _("The requester of ticket #%(number)s was asked already.")


@transaction.atomic
def offer(ticket: Ticket, *, way: Way, by: Actor, at: datetime) -> Invitation:
    """
    Put the question to the requester, who sees it where you show it: in a widget, by buttons.

    What was planned for later is asked now instead. Show the words of `question_of` and pass what
    is chosen to `rate`.

    Raises:
        NoSurvey: none is set up for such tickets.
        AlreadyAsked: the requester was asked about this ticket.
        AskedLately: they were asked about another one within the time that the survey keeps still.
        WantsNone: they do not want to be asked.
    """
    ticket = Ticket.objects.select_for_update(no_key=True).get(pk=ticket.pk)
    rows = Invitation.objects.select_for_update().filter(ticket=ticket, is_periodic=False)
    found = rows.exclude(state=InvitationState.SPARED).select_related("survey").first()
    if found and found.state == InvitationState.OFFERED:
        raise AlreadyAsked(number=ticket.number)
    survey = found.survey if found else survey_for(ticket)
    if survey is None:
        raise NoSurvey
    invitation = found or Invitation.objects.create(
        survey=survey,
        ticket=ticket,
        person_id=ticket.requester_id,
        solved_at=ticket.solved_at or at,
        due_at=at,
        nonce=fresh_nonce(),
    )
    if refuses(invitation.person_id, brand=ticket.brand_id):
        raise WantsNone
    if _was_asked_lately(invitation, at):
        raise AskedLately
    _mark_offered(invitation, ticket, way=way, by=by, at=at)
    return invitation


def offer_due(*, at: datetime) -> int:
    """Ask by message what is due; say how many were looked at. Nothing is due after a restore."""
    if held_since() is not None:
        return 0
    due = Invitation.objects.filter(state=InvitationState.PLANNED, due_at__lte=at)
    numbers = list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    for number in numbers:
        _offer_by_message(number, at=at)
    return len(numbers)


@transaction.atomic
def _offer_by_message(number: int, *, at: datetime) -> None:
    planned = Invitation.objects.filter(pk=number, state=InvitationState.PLANNED, due_at__lte=at)
    named = planned.values_list("ticket_id", flat=True).first()
    if named is None:
        return
    ticket = Ticket.objects.select_for_update(no_key=True).get(pk=named)
    locked = planned.select_for_update(skip_locked=True, of=("self",))
    invitation = locked.select_related("survey", "ticket__brand", "person").first()
    if invitation is None:
        return
    if not ticket.is_ended or ticket.merged_into_id:
        _spare(invitation, Spared.REOPENED)
    elif refuses(invitation.person_id, brand=ticket.brand_id):
        _spare(invitation, Spared.REFUSED)
    elif _was_asked_lately(invitation, at):
        _spare(invitation, Spared.LATELY)
    else:
        _ask(invitation, ticket, at)


def _ask(invitation: Invitation, ticket: Ticket, at: datetime) -> None:
    try:
        message = ask(invitation, ticket, by=SYSTEM, at=at)
    except Unreachable:
        _spare(invitation, Spared.UNREACHABLE)
        return
    if message is None:
        return
    invitation.message = message
    way = Way.MESSENGER if message.choices else Way.MAIL
    _mark_offered(invitation, ticket, way=way, by=SYSTEM, at=at)


def _was_asked_lately(invitation: Invitation, at: datetime) -> bool:
    # Who holds the person's row decides: two tickets of one person may be due at once.
    Person.objects.select_for_update().get(pk=invitation.person_id)
    since = at - invitation.survey.quiet_for
    others = Invitation.objects.filter(person__whole=invitation.person.whole, offered_at__gt=since)
    return others.exclude(pk=invitation.pk).exists()


def _mark_offered(
    invitation: Invitation, ticket: Ticket, *, way: Way, by: Actor, at: datetime
) -> None:
    invitation.state = InvitationState.OFFERED
    invitation.way = way
    invitation.offered_at = at
    invitation.expires_at = at + invitation.survey.open_for
    invitation.token_hash = hash_of(token_of(invitation))
    invitation.save()
    offered = FeedbackOffered(
        ticket_id=ticket.pk,
        invitation_id=invitation.pk,
        survey=SurveyKind(invitation.survey.kind),
        way=way,
    )
    record(offered, ticket, by=by, at=at)


def _spare(invitation: Invitation, why: Spared) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(state=InvitationState.SPARED, spared=why)
