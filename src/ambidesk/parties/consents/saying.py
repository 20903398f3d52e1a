"""Saying: a person agrees to a purpose or objects to it; what they said before ends."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.consents.events import ConsentSaid
from ambidesk.parties.consents.models import (
    OPT_IN,
    Consent,
    ConsentDocument,
    Proof,
    Purpose,
    Word,
)
from ambidesk.parties.people.models import Person


class NeedsWords(InvalidInput):
    """Nobody can agree to what is not written down."""

    sentence = _("Publish what people agree to first: a consent names the words that were shown.")


class NeedsNone(InvalidInput):
    """Answers to own requests are owed."""

    sentence = _("Answers to somebody's own requests need no consent.")


class SaidAlready(Refusal):
    """It holds already."""

    sentence = _("They said so already.")


class NobodyThere(Refusal):
    """An erased person says nothing more."""

    sentence = _("This person was erased.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody says to a purpose on a channel ("" is all), and how that is known."""

    purpose: Purpose
    word: Word
    proof: Proof
    channel: str = ""
    document: ConsentDocument | None = None
    reference: int | None = None
    remark: str = ""


@transaction.atomic
def say(person: Person, said: Statement, *, by: Actor, at: datetime) -> Consent:
    """
    Put down what a person says.

    Raises:
        NeedsNone: the purpose needs no consent.
        NeedsWords: a yes to what needs one names no document of this purpose.
        SaidAlready: the same holds already, on the same words.
        NobodyThere: the person was erased.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.erased_at:
        raise NobodyThere
    _check(said)
    _end_former(person, said, at)
    consent = Consent.objects.create(
        person=person,
        purpose=said.purpose,
        channel=said.channel,
        word=said.word,
        document=said.document,
        proof=said.proof,
        reference=said.reference,
        remark=said.remark.strip()[:300],
        noted_by_id=by.user_id,
        said_at=at,
    )
    event = ConsentSaid(
        person_id=person.pk,
        consent_id=consent.pk,
        purpose=said.purpose,
        word=said.word,
        proof=said.proof,
        document_id=said.document.pk if said.document else None,
    )
    journal.record(event, by=by, at=at)
    return consent


def _end_former(person: Person, said: Statement, at: datetime) -> None:
    held = Consent.objects.filter(
        person=person, purpose=said.purpose, channel=said.channel, ended_at=None
    ).first()
    if held is None:
        return
    if held.word == said.word and held.document == said.document:
        raise SaidAlready
    Consent.objects.filter(pk=held.pk).update(ended_at=max(at, held.said_at))


def _check(said: Statement) -> None:
    if said.purpose is Purpose.SERVICE:
        raise NeedsNone(field="purpose")
    is_of_it = said.document is not None and said.document.purpose == said.purpose
    wants_words = said.word is Word.YES and said.purpose in OPT_IN
    if (wants_words or said.document is not None) and not is_of_it:
        raise NeedsWords(field="purpose")
