"""Answering: by a contact who signed in, or noted by a colleague who heard it from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.storing import store_many
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.authority.asking import Making, asked_by
from ambidesk.parties.authority.speaking import require_speaker
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.people.models import Person
from ambidesk.service.approvals.rules.deciding import Kind, NotYours, Source
from ambidesk.support.approvals.deciding import Decision, Through, decide
from ambidesk.support.approvals.entitled import entitled_to, entitled_to_many
from ambidesk.support.approvals.models import Answer, Approval, NotedFrom
from ambidesk.support.approvals.rights import ApprovalRight

LARGEST_BYTES = 20 * 1024 * 1024


class NoSource(InvalidInput):
    """An answer that nobody saw is proved by where it came from."""

    sentence = _("Say where you have the answer from.")


class TooLarge(InvalidInput):
    """More than is kept beside an answer."""

    sentence = _("The file may have 20 MB.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """From whom a colleague has an answer, how, and what shows it: a name and content."""

    contact: Contact
    noted_from: str
    file: tuple[str, bytes] | None = None


def contact_of(approval: Approval, actor: Actor, *, at: datetime) -> Contact | None:
    """As which contact of the company an actor of the portal answers."""
    if actor.kind is not ActorKind.CONTACT or approval.company_id not in actor.companies:
        return None
    them = Person.objects.filter(pk=actor.id or 0).values("whole")
    rows = Contact.objects.on(day_of(at)).filter(company=approval.company_id)
    mine = list(rows.filter(person__whole__in=them).order_by("pk"))
    if len(mine) < 2 or approval.ticket.company_id != approval.company_id:
        return mine[0] if mine else None
    # Persons who were joined may speak for one company twice: as whom they may answer counts.
    kind, ticket = Kind(approval.kind), approval.ticket
    may = set(entitled_to(kind, ticket, amount=approval.amount, at=at).everybody)
    return next((each for each in mine if each.pk in may), mine[0])


def answer(approval: Approval, decision: Decision, *, by: Actor, at: datetime) -> Answer:
    """
    Answer in the portal.

    Raises:
        NotYours: the actor is no contact of the company, and whatever `decide` refuses.
        SaySpeaker: several people share the login, and none of them said that it is they.
    """
    contact = contact_of(approval, by, at=at)
    if contact is None:
        raise NotYours
    require_speaker(by)
    speaker = by.speaking.contact if by.is_shared and by.speaking else None
    through = Through(contact=contact, source=Source.PORTAL, speaker=speaker)
    return decide(approval, decision, through=through, by=by, at=at)


@transaction.atomic
def note_answer(
    approval: Approval, decision: Decision, *, noted: Noted, by: Actor, at: datetime
) -> Answer:
    """
    Write down what a contact answered by phone, by letter or in person.

    Raises:
        NotEntitled: the actor may not note.
        NoSource, TooLarge: it does not say from where, or the file is too large.
        whatever `decide` refuses.
    """
    if not by.may(ApprovalRight.NOTE) or by.user_id is None or by.kind is ActorKind.CONTACT:
        raise NotEntitled
    if noted.noted_from not in NotedFrom.values:
        raise NoSource(field="noted_from")
    name, content = noted.file or ("", b"")
    if len(content) > LARGEST_BYTES:
        raise TooLarge(field="file")
    blob = store_many([content], at=at)[sha256(content).hexdigest()] if content else None
    through = Through(
        contact=noted.contact,
        source=Source.NOTED,
        noted_from=noted.noted_from,
        blob=blob,
        file_name=one_line(name, 255) if blob else "",
    )
    return decide(approval, decision, through=through, by=by, at=at)


def may_answer(approval: Approval, actor: Actor, *, at: datetime) -> bool:
    """Whether an actor of the portal could answer at this instant."""
    kind = Kind(approval.kind)
    contact = contact_of(approval, actor, at=at)
    if contact is None or approval.ticket.company_id != approval.company_id:
        return False
    may = entitled_to(kind, approval.ticket, amount=approval.amount, at=at)
    return contact.pk in may.everybody


def waiting_for(actor: Actor, *, at: datetime, most: int = 20) -> list[Approval]:
    """What waits for an actor of the portal, the longest first."""
    if actor.kind is not ActorKind.CONTACT:
        return []
    them = Person.objects.filter(pk=actor.id or 0).values("whole")
    contacts = Contact.objects.on(day_of(at)).filter(
        company__in=actor.companies, person__whole__in=them
    )
    mine = contacts.values_list("pk", flat=True)
    found: list[Approval] = []
    # Those that only others may answer stand between: further ones are read until it is enough.
    for start in count(0, most):
        block = asked_by(actor, ("approvals.waiting", start, most), make=_waiting(start, most))
        may = entitled_to_many(block, at=at) if block else {}
        found += [row for row in block if may[row.pk].intersection(mine)]
        if len(block) < most or len(found) >= most:
            break
    return found[:most]


def _waiting(start: int, most: int) -> Making:
    def make(actor: Actor, _slots: Mapping[str, Any]) -> QuerySet[Approval]:
        rows = Approval.objects.visible_to(actor).waiting().unchanged()
        asked = rows.select_related("ticket__requester", "site").order_by("asked_at", "pk")
        return asked[start : start + most]

    return make
