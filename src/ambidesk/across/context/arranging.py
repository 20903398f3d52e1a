"""Arranging: hints are written, changed, and put out of use."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.across.context.events import HintWritten
from ambidesk.across.context.knowing import CONTEXT_VOCABULARY, NAMES
from ambidesk.across.context.models import Hint
from ambidesk.across.context.rules.hints import Look, names_in
from ambidesk.ground.conditions.parsing import read, written
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor


class HintNameTaken(InvalidInput):
    """Two hints would have one name."""

    sentence = _("There is a hint of this name already.")


class UnknownName(InvalidInput):
    """The words ask for what nobody knows."""

    sentence = _("There is no {{%(name)s}}. These exist: %(known)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class HintText:
    """What a hint says, and when; names of fields in double braces are filled in."""

    name: str
    condition: dict[str, Any]
    words: str
    look: Look = Look.WARNING
    place: int = 10


@transaction.atomic
def write_hint(hint: Hint | None, text: HintText, *, by: Actor, at: datetime) -> Hint:
    """
    Write a hint, or change the one given.

    Raises:
        NotACondition and its sisters: the condition asks for what no card has.
        UnknownName: so do the words.
        HintNameTaken: another one has the name.
    """
    if unknown := sorted(names_in(text.words) - NAMES):
        raise UnknownName(field="words", name=unknown[0], known=", ".join(sorted(NAMES)))
    row = Hint.objects.select_for_update().get(pk=hint.pk) if hint else Hint()
    row.condition = written(read(text.condition, CONTEXT_VOCABULARY))
    row.name, row.words = text.name.strip()[:80], text.words.strip()[:200]
    row.look, row.place = text.look.value, text.place
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise HintNameTaken(field="name") from taken
    journal.record(HintWritten(hint_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_hint(hint: Hint, *, by: Actor, at: datetime) -> None:
    """Take a hint out of use, or into use again when it was out."""
    row = turn(hint, at=at)
    journal.record(HintWritten(hint_id=row.pk), by=by, at=at)
