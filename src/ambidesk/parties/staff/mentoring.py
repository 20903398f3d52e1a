"""Mentoring: a newcomer gets somebody who goes along until a day, another one, or nobody."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.events import MentorGiven, MentoringEnded
from ambidesk.parties.staff.models import Member, Mentoring


class NotAMentor(InvalidInput):
    """Themselves, or somebody who is gone."""

    sentence = _("Choose another colleague who works here.")


class AlreadyPast(InvalidInput):
    """It would be over before it begins."""

    sentence = _("Choose a day that is still to come.")


@transaction.atomic
def give_mentor(
    member: Member, mentor: Member, *, until: date, by: Actor, at: datetime
) -> Mentoring:
    """
    Let a colleague go along with a member until the day, which is the first without them.

    Raises:
        NotAMentor: it is themselves, or somebody who is gone.
        AlreadyPast: the day is no later than today.
    """
    Member.objects.select_for_update().get(pk=member.pk)
    if mentor.pk == member.pk or not mentor.user.is_active:
        raise NotAMentor(field="mentor")
    today = day_of(at)
    if until <= today:
        raise AlreadyPast(field="until")
    known = Mentoring.objects.filter(member=member).first()
    # A period that goes on with the same one began when it began.
    goes_on = known and known.mentor_id == mentor.pk and known.until_on > today
    row, _is_new = Mentoring.objects.update_or_create(
        member=member,
        defaults={
            "mentor": mentor,
            "since_on": known.since_on if known and goes_on else today,
            "until_on": until,
        },
    )
    journal.record(MentorGiven(member_id=member.pk, mentor_id=mentor.pk), by=by, at=at)
    return row


@transaction.atomic
def end_mentoring(member: Member, *, by: Actor, at: datetime) -> None:
    """Let nobody go along with a member any more; ending twice is once."""
    Member.objects.select_for_update().get(pk=member.pk)
    if Mentoring.objects.filter(member=member).delete()[0]:
        journal.record(MentoringEnded(member_id=member.pk), by=by, at=at)
