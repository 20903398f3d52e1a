"""
Exporting: what the desk holds of a person, as one archive of JSON and files that programs read.

Source: GDPR 15 and 20, Federal Law 152-FZ 14. Remarks among colleagues stay here.
"""

import json
import zipfile
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.across.privacy.events import PersonExported
from ambidesk.ground.fields.filling import in_words
from ambidesk.ground.files.storing import path_of
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.describing import card_form
from ambidesk.parties.companies.models import CardOf, Contact
from ambidesk.parties.people.models import Housemate, Person
from ambidesk.parties.people.parts import parts_of
from ambidesk.relation.feedback.models import Rating, SurveyRefusal
from ambidesk.support.approvals.models import Answer
from ambidesk.support.conversations.models import Attachment, Message
from ambidesk.support.handovers.models import Word
from ambidesk.support.tickets.models import Ticket

AT_A_TIME = 200


class SeesNotAll(NotEntitled):
    """An archive with holes would be taken for the whole."""

    sentence = _("Some of their tickets are of brands that you do not serve. Ask an administrator.")


@transaction.atomic
def export(person: Person, into: IO[bytes], *, by: Actor, at: datetime) -> None:
    """
    Write the archive: `person.json`, `messages.jsonl`, and files under the number they bear.

    Whoever is one with the person is in it.

    Raises:
        SeesNotAll: tickets of the person are out of the actor's reach.
    """
    parts = parts_of(person)
    theirs = Ticket.objects.filter(requester__in=parts)
    if theirs.exclude(pk__in=Ticket.objects.visible_to(by).values("pk")).exists():
        raise SeesNotAll
    messages = _messages(parts)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "person.json",
            _json({"exported_at": at, "persons": [_person(each) for each in _rows(parts)]}),
        )
        with archive.open("messages.jsonl", "w") as lines:
            for message in messages.order_by("pk").iterator(chunk_size=AT_A_TIME):
                lines.write(_json(_message(message)).encode() + b"\n")
        for attachment in _attachments(messages):
            _put(archive, attachment)
    journal.record(PersonExported(person_id=person.pk), by=by, at=at)


def _rows(parts: Collection[int]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=parts).order_by("pk")


def _person(person: Person) -> Mapping[str, Any]:
    return {
        "id": person.pk,
        "name": person.name,
        "language": person.language,
        "remark": person.remark,
        "first_at": person.first_at,
        "addresses": list(
            person.identities.filter(erased_at=None)
            .order_by("pk")
            .values("kind", "value", "name", "verified_at", "first_at")
        ),
        "consents": list(
            person.consents.order_by("pk").values(
                "purpose", "channel", "word", "proof", "document__version", "said_at", "ended_at"
            )
        ),
        "contacts": _contacts(person),
        "households": list(
            Housemate.objects.filter(person=person).values("household__name", "since")
        ),
        "tickets": list(
            Ticket.objects.filter(requester=person)
            .order_by("pk")
            .values("id", "subject", "state", "opened_at", "closed_at", "brand__name")
        ),
        "words_for_contractors": _words(person),
        "approvals_answered": _answers(person),
        **_feedback(person),
    }


def _contacts(person: Person) -> list[Mapping[str, Any]]:
    """For whom they speak, with what the installation's own fields say of them."""
    known = ("company__name", "post", "department__name", "since_on", "until_on", "birthday")
    form, language = card_form(CardOf.CONTACT), person.language or "en"
    rows = person.contacts.order_by("pk").values(*known, "custom")
    return [
        {name: row[name] for name in known}
        | {"own_fields": dict(in_words(row["custom"], form, language=language))}
        for row in rows
    ]


def _answers(person: Person) -> list[Mapping[str, Any]]:
    theirs = Q(contact__person=person) | Q(speaker__person=person)
    rows = Answer.objects.filter(theirs).order_by("pk")
    return list(rows.values("approval__ticket", "approval__title", "yes", "words", "source", "at"))


def _words(person: Person) -> list[Mapping[str, Any]]:
    rows = Word.objects.filter(author__account__person=person).order_by("pk")
    return list(rows.values("handover", "kind", "text", "at"))


def _feedback(person: Person) -> Mapping[str, Any]:
    ratings = Rating.objects.filter(invitation__person=person).order_by("pk")
    refusals = SurveyRefusal.objects.filter(person=person)
    return {
        "ratings": list(ratings.values("invitation__ticket", "score", "comment", "rated_at")),
        "surveys_refused": list(refusals.values("brand__name", "at")),
    }


def _messages(parts: Collection[int]) -> QuerySet[Message]:
    contacts = list(Contact.objects.filter(person__in=parts).values_list("pk", flat=True))
    theirs = Q(sender__person__in=parts) | Q(deliveries__recipient__person__in=parts)
    # Through a login that several people share they spoke as well.
    theirs |= Q(speaker__in=contacts)
    return Message.objects.filter(theirs, erased_at=None).distinct()


def _message(message: Message) -> Mapping[str, Any]:
    return {
        "id": message.pk,
        "direction": message.direction,
        "sent_at": message.sent_at,
        "subject": message.subject,
        "text": message.text,
    }


def _attachments(messages: QuerySet[Message]) -> Iterable[Attachment]:
    rows = Attachment.objects.filter(message__in=messages.values("pk")).select_related("blob")
    return rows.order_by("pk").iterator(chunk_size=AT_A_TIME)


def _put(archive: zipfile.ZipFile, attachment: Attachment) -> None:
    """Put a file in; the name that a sender gave is never a path."""
    content = path_of(attachment.blob.sha256)
    if content.is_file():
        plain = "".join(
            sign if sign.isalnum() or sign in "._- " else "_" for sign in attachment.name
        )
        name = plain.replace("..", "_").lstrip(".")[-80:] or "file"
        archive.write(content, f"files/{attachment.message_id}-{attachment.pk}-{name}")


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, default=_plain, indent=None)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
