"""Appointing: persons begin and cease to speak for a company."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.events import ContactAppointed, ContactEnded
from ambidesk.parties.companies.models import Company, Contact, Department
from ambidesk.parties.people.models import Person


class AlreadyContact(Refusal):
    """The person speaks for the company already."""

    sentence = _("%(name)s is a contact of this company already.")


class ForeignDepartment(InvalidInput):
    """The department is another company's."""

    sentence = _("This department belongs to another company.")


class EndsBeforeItBegins(InvalidInput):
    """A period has to last."""

    sentence = _("The last day comes before the first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """For whom a person speaks, as what, on days [since, until)."""

    company: Company
    person: Person
    since: date
    until: date | None = None
    post: str = ""
    department: Department | None = None


def appoint(
    company: Company,
    person: Person,
    *,
    since: date,
    post: str = "",
    department: Department | None = None,
    by: Actor,
    at: datetime,
) -> Contact:
    """
    Let a person speak for a company from a day on.

    Raises:
        AlreadyContact: they do already.
        ForeignDepartment: the department is another company's.
    """
    wanted = Post(company=company, person=person, since=since, post=post, department=department)
    return appoint_many([wanted], by=by, at=at)[0]


@transaction.atomic
def appoint_many(posts: Sequence[Post], *, by: Actor, at: datetime) -> list[Contact]:
    """
    Let many persons speak for companies, in the order given.

    Raises:
        AlreadyContact: somebody does already.
        ForeignDepartment: a department is another company's.
        EndsBeforeItBegins: a period is empty.
    """
    for each in posts:
        if each.department and each.department.company_id != each.company.pk:
            raise ForeignDepartment(field="department")
        if each.until and each.until <= each.since:
            raise EndsBeforeItBegins(field="until_on")
    try:
        with transaction.atomic():
            rows = Contact.objects.bulk_create([_contact(each) for each in posts])
    except IntegrityError as taken:
        names = posts[0].person.called if len(posts) == 1 else ", ".join(_taken(posts))
        raise AlreadyContact(name=names) from taken
    events = [
        ContactAppointed(company_id=row.company_id, contact_id=row.pk, person_id=row.person_id)
        for row in rows
    ]
    journal.record_many(events, by=by, at=at)
    return rows


@transaction.atomic
def describe_contact(
    contact: Contact, *, post: str, department: Department | None, by: Actor, at: datetime
) -> Contact:
    """
    Say as what, and for which department, a person speaks for the company.

    Raises:
        ForeignDepartment: the department is another company's.
    """
    row = Contact.objects.select_for_update().get(pk=contact.pk)
    if department and department.company_id != row.company_id:
        raise ForeignDepartment(field="department")
    row.post, row.department = post[:120], department
    row.save(update_fields=["post", "department"])
    event = ContactAppointed(company_id=row.company_id, contact_id=row.pk, person_id=row.person_id)
    journal.record(event, by=by, at=at)
    return row


@transaction.atomic
def note_birthday(contact: Contact, birthday: date | None, *, by: Actor, at: datetime) -> Contact:
    """Note when somebody who speaks for a company has their birthday; None forgets it."""
    row = Contact.objects.select_for_update().get(pk=contact.pk)
    row.birthday = birthday
    row.save(update_fields=["birthday"])
    event = ContactAppointed(company_id=row.company_id, contact_id=row.pk, person_id=row.person_id)
    journal.record(event, by=by, at=at)
    return row


@transaction.atomic
def end(contact: Contact, *, until: date, by: Actor, at: datetime) -> Contact:
    """
    Let a person no longer speak for a company from a day on.

    Raises:
        EndsBeforeItBegins: they would never have.
    """
    row = Contact.objects.select_for_update().get(pk=contact.pk)
    if until <= row.since_on:
        raise EndsBeforeItBegins(field="until_on")
    row.until_on = until
    row.save(update_fields=["until_on"])
    event = ContactEnded(company_id=row.company_id, contact_id=row.pk, person_id=row.person_id)
    journal.record(event, by=by, at=at)
    return row


def _contact(post: Post) -> Contact:
    return Contact(
        company=post.company,
        person=post.person,
        post=post.post,
        department=post.department,
        since_on=post.since,
        until_on=post.until,
    )


def _taken(posts: Sequence[Post]) -> list[str]:
    rows = Contact.objects.filter(person__in=[each.person for each in posts], until_on=None)
    there = set(rows.values_list("company", "person"))
    return [each.person.called for each in posts if (each.company.pk, each.person.pk) in there]
