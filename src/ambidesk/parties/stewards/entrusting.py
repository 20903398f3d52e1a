"""Entrusting: members of staff begin and cease to look after companies."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.appointing import EndsBeforeItBegins
from ambidesk.parties.companies.models import Company
from ambidesk.parties.staff.models import Member
from ambidesk.parties.stewards.events import CompanyEntrusted, StewardReleased
from ambidesk.parties.stewards.models import Duty, Steward


class AlreadyEntrusted(InvalidInput):
    """The member has the duty in that time, or somebody manages the company then."""

    sentence = _("This is somebody's duty at that time already.")


class NotAtWork(InvalidInput):
    """Whoever left looks after nobody."""

    sentence = _("Choose a colleague whose account is open.")


@transaction.atomic
def entrust(
    company: Company, member: Member, *, duty: Duty, since: date, by: Actor, at: datetime
) -> Steward:
    """
    Let a member look after a company from a day on; a new manager takes the place of the old one.

    Raises:
        NotAtWork: the member's account is closed.
        AlreadyEntrusted: they have this duty, or a manager begins later.
    """
    if not member.is_active:
        raise NotAtWork(field="member")
    before = _hand_over(company, since=since) if duty is Duty.MANAGER else None
    try:
        with transaction.atomic():
            row = Steward.objects.create(
                company=company, member=member, duty=duty.value, since_on=since
            )
    except IntegrityError as taken:
        raise AlreadyEntrusted(field="member") from taken
    event = CompanyEntrusted(
        company_id=company.pk,
        steward_id=row.pk,
        member_id=member.pk,
        instead_of_id=before.member_id if before else None,
    )
    journal.record(event, by=by, at=at)
    return row


@transaction.atomic
def release(steward: Steward, *, until: date, by: Actor, at: datetime) -> Steward:
    """
    Let a member no longer look after a company from a day on.

    Raises:
        EndsBeforeItBegins: they never would have.
        AlreadyEntrusted: somebody else has the duty until then.
    """
    row = Steward.objects.select_for_update().get(pk=steward.pk)
    if until <= row.since_on:
        raise EndsBeforeItBegins(field="until")
    row.until_on = until
    try:
        with transaction.atomic():
            row.save(update_fields=["until_on"])
    except IntegrityError as taken:
        raise AlreadyEntrusted(field="until") from taken
    event = StewardReleased(company_id=row.company_id, steward_id=row.pk, member_id=row.member_id)
    journal.record(event, by=by, at=at)
    return row


def _hand_over(company: Company, *, since: date) -> Steward | None:
    """End the manager of the day before, whom the new one takes the place of."""
    rows = Steward.objects.select_for_update().filter(company=company, duty=Duty.MANAGER.value)
    before = rows.filter(until_on=None, since_on__lt=since).first()
    if before:
        before.until_on = since
        before.save(update_fields=["until_on"])
    return before
