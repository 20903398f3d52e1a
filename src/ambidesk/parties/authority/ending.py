"""Ending: who no longer speaks for a company loses at once what they have open of it."""

from datetime import date, datetime

from django.db import transaction

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.revoking import revoke
from ambidesk.parties.companies.appointing import describe_contact, end
from ambidesk.parties.companies.models import Contact, Department


@transaction.atomic
def end_contact(contact: Contact, *, until: date, by: Actor, at: datetime) -> Contact:
    """
    Let a person no longer speak for a company from a day on; streams close when it has come.

    Raises:
        EndsBeforeItBegins: they would never have.
    """
    row = end(contact, until=until, by=by, at=at)
    if until <= day_of(at):
        revoke([row.person_id])
    return row


@transaction.atomic
def change_contact(
    contact: Contact,
    *,
    post: str,
    department: Department | None,
    until: date | None,
    by: Actor,
    at: datetime,
) -> Contact:
    """
    Say as what somebody speaks for a company, and until when.

    Raises:
        ForeignDepartment: the department is another company's.
        EndsBeforeItBegins: they would never have.
    """
    row = describe_contact(contact, post=post, department=department, by=by, at=at)
    return end_contact(row, until=until, by=by, at=at) if until else row
