"""Refusing: a person says that a brand shall not ask them any more, or may again."""

from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.consents.allowing import objects
from ambidesk.parties.consents.models import Purpose
from ambidesk.parties.people.models import Person
from ambidesk.relation.feedback.events import FeedbackRefused
from ambidesk.relation.feedback.models import Invitation, InvitationState, Spared, SurveyRefusal
from ambidesk.support.tickets.models import TicketQuerySet


@transaction.atomic
def refuse_surveys(invitation: Invitation, *, at: datetime) -> None:
    """Ask this person nothing more for the brand that asked; saying so twice is once."""
    person, brand = invitation.person, invitation.ticket.brand
    Person.objects.select_for_update().get(pk=person.pk)
    _row, is_new = SurveyRefusal.objects.get_or_create(
        person=person, brand=brand, defaults={"at": at}
    )
    planned = Invitation.objects.filter(
        person=person, ticket__brand=brand, state=InvitationState.PLANNED
    )
    planned.update(state=InvitationState.SPARED, spared=Spared.REFUSED)
    if is_new:
        _record(invitation, is_refused=True, at=at)


@transaction.atomic
def allow_surveys(invitation: Invitation, *, at: datetime) -> None:
    """Let the brand ask this person again; what they had not refused stays as it is."""
    rows = SurveyRefusal.objects.filter(
        person=invitation.person_id, brand=invitation.ticket.brand_id
    )
    number, _each = rows.delete()
    if number:
        _record(invitation, is_refused=False, at=at)


def refuses(person: int, *, brand: int) -> bool:
    """Say whether a person, or anybody who is one with them, wants no questions from a brand."""
    whole = Person.objects.filter(pk=person).values("whole")
    refused = SurveyRefusal.objects.filter(person__whole__in=whole, brand=brand).exists()
    return refused or objects(person, Purpose.SURVEYS)


def refused_by(person: Person, *, among: TicketQuerySet) -> list[str]:
    """Names of the brands, of those tickets, that this person does not want to be asked by."""
    rows = SurveyRefusal.objects.filter(person__whole=person.whole, brand__in=among.values("brand"))
    names = rows.order_by("brand__name").values_list("brand__name", flat=True)
    return list(names.distinct())


def _record(invitation: Invitation, *, is_refused: bool, at: datetime) -> None:
    event = FeedbackRefused(
        person_id=invitation.person_id,
        brand_id=invitation.ticket.brand_id,
        is_refused=is_refused,
    )
    by = Actor(kind=ActorKind.PERSON, id=invitation.person_id)
    journal.record(event, by=by, at=at)
