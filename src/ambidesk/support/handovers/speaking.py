"""Speaking: we and the contractor say things to each other, with files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.storing import store_many
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.texts import storable
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.support.handovers.corresponding import pass_on
from ambidesk.support.handovers.events import HandoverSaid
from ambidesk.support.handovers.keeping import keep_files
from ambidesk.support.handovers.locking import lock_both, require_side
from ambidesk.support.handovers.models import Handover, Word, WordKind
from ambidesk.support.tickets.recording import record

LONGEST: Final = 20_000
MOST_FILES: Final = 10


class NothingSaid(InvalidInput):
    """Neither words nor files."""

    sentence = _("Write something first.")


class TooLong(InvalidInput):
    """More than is read."""

    sentence = _("Use at most %(most)s letters.")


class TooManyFiles(InvalidInput):
    """More than is looked at."""

    sentence = _("Send at most %(most)s files.")


class HandoverOver(Refusal):
    """Nobody listens any more."""

    sentence = _("This handover is over.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said, with files as name and content."""

    text: str = ""
    files: Sequence[tuple[str, bytes]] = ()


NO_WORDS: Final = Words()


@transaction.atomic
def say(handover: Handover, words: Words, *, by: Actor, at: datetime) -> Word:
    """
    Say something about a handover that is not over.

    Raises:
        NotEntitled: a contact of another company says it.
        HandoverOver: nobody listens.
        NothingSaid, TooLong, TooManyFiles: it cannot be taken as it is.
    """
    ticket, row = lock_both(handover)
    require_side(row, by=by)
    if not row.is_open:
        raise HandoverOver
    word = put(row, words, kind=WordKind.WORD, by=by, at=at)
    pass_on(row, word, ticket=ticket, by=by, at=at)
    said = HandoverSaid(
        ticket_id=row.ticket_id,
        handover_id=row.pk,
        company_id=row.company_id,
        word_id=word.pk,
        is_ours=word.is_ours,
    )
    record(said, ticket, by=by, at=at)
    return word


def put(row: Handover, words: Words, *, kind: WordKind, by: Actor, at: datetime) -> Word:
    """
    Write down what is said; the handover is locked.

    Raises:
        NothingSaid, TooLong, TooManyFiles: it cannot be taken as it is.
    """
    text = storable(words.text).strip()
    if not text and not words.files and kind not in {WordKind.RESULT, WordKind.TASK}:
        raise NothingSaid(field="text")
    if len(text) > LONGEST:
        raise TooLong(field="text", most=LONGEST)
    if len(words.files) > MOST_FILES:
        raise TooManyFiles(field="files", most=MOST_FILES)
    word = Word.objects.create(
        handover=row,
        kind=kind,
        is_ours=by.kind is not ActorKind.CONTACT,
        author_id=by.user_id,
        text=text,
        at=at,
    )
    blobs = store_many((content for _name, content in words.files), at=at)
    keep_files(word, [(blobs[sha256(content).hexdigest()], name) for name, content in words.files])
    return word
