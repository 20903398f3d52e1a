"""
Deciding: the one place where an approval is answered; by whom is asked anew at that instant.

Doors (the portal, links, operators who note) say who answers and through what, and call `decide`.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel.texts import storable
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.models import SharedLogin
from ambidesk.parties.companies.models import Contact
from ambidesk.service.approvals.rules.deciding import (
    Answered,
    ContentChanged,
    Kind,
    NotYours,
    Question,
    Source,
    State,
    take,
)
from ambidesk.service.approvals.rules.deciding import Approval as Folded
from ambidesk.support.approvals.clocks import end_waiting
from ambidesk.support.approvals.entitled import Entitled, entitled_to
from ambidesk.support.approvals.events import ApprovalAnswered
from ambidesk.support.approvals.models import Answer, Approval
from ambidesk.support.approvals.voiding import locked
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock_unclosed, record

LONGEST = 2000


class SpeakerMayNot(NotYours):
    """A login that several people share decides only by the word of one who may themselves."""

    sentence = _(
        "Several people share this login. It counts only in the portal, and only if a contact who "
        "may approve this themselves says that it is they."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody says to a content, named by the digest that was shown to them."""

    yes: bool
    content: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Through:
    """
    Who says it, through what; of what was noted, from where and with which file.

    `speaker` is the id of the contact who speaks where several people share the login.
    """

    contact: Contact
    source: Source
    noted_from: str = ""
    blob: Blob | None = None
    file_name: str = ""
    speaker: int | None = None


@transaction.atomic
def decide(
    approval: Approval, decision: Decision, *, through: Through, by: Actor, at: datetime
) -> Answer:
    """
    Take an answer.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
        NotWaiting, ContentChanged: it cannot be answered, or not as it was shown.
        NotYourOwn, NotYours: not by this contact.
        SpeakerMayNot: several people share the login, and nobody who may says that it is they.
    """
    ticket = lock_unclosed(approval.ticket)
    row = locked(approval)
    _require(row, ticket, decision, through=through, at=at)
    row.state = State.APPROVED if decision.yes else State.REFUSED
    row.save(update_fields=["state"])
    answer = Answer.objects.create(
        approval=row,
        contact=through.contact,
        speaker_id=through.speaker,
        yes=decision.yes,
        words=storable(decision.words).strip()[:LONGEST],
        content=row.content,
        source=through.source,
        noted_by_id=by.user_id if through.source == Source.NOTED else None,
        noted_from=through.noted_from,
        blob=through.blob,
        file_name=through.file_name,
        at=at,
    )
    end_waiting(row, at=at)
    answered = ApprovalAnswered(
        ticket_id=ticket.pk,
        approval_id=row.pk,
        approves=Kind(row.kind),
        contact_id=through.contact.pk,
        yes=decision.yes,
        source=through.source,
    )
    record(answered, ticket, by=by, at=at)
    return answer


def _require(
    row: Approval, ticket: Ticket, decision: Decision, *, through: Through, at: datetime
) -> None:
    """The rules say whether it counts; what the row holds is asked of today's ticket first."""
    may = entitled_to(Kind(row.kind), ticket, amount=row.amount, at=at)
    question = Question(
        kind=Kind(row.kind),
        content=row.content,
        asked_at=row.asked_at,
        patience=row.patience,
        amount=row.amount,
        own=may.own,
    )
    answered = Answered(
        at=at,
        contact=through.contact.pk,
        yes=decision.yes,
        content=decision.content,
        source=through.source,
    )
    take(Folded(question=question, state=State(row.state)), answered, steps=may.steps)
    _require_speaker(through, may)
    if not Approval.objects.filter(pk=row.pk).unchanged().exists():
        raise ContentChanged


def _require_speaker(through: Through, may: Entitled) -> None:
    """Both count: the login, whose password many know, and the one who says that it is they."""
    if not SharedLogin.objects.filter(contact=through.contact).exists():
        return
    if through.source != Source.PORTAL or through.speaker not in may.everybody:
        raise SpeakerMayNot
