"""Reversing: a fact is taken back by one of the opposite sign; the fact itself stays."""

from datetime import datetime
from uuid import uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.works.models import PartUse, UnitUse, WorkLog
from ambidesk.support.works.putting import F, put


class AlreadyReversed(Refusal):
    """It was taken back before."""

    sentence = _("This was reversed already.")


class IsAReversal(Refusal):
    """What takes back is not taken back."""

    sentence = _("A reversal cannot be reversed: put it down anew.")


class SaysNotWhy(InvalidInput):
    """Who takes back says why."""

    sentence = _("Say why it is taken back.")


@transaction.atomic
def reverse(fact: F, *, note: str, by: Actor, at: datetime) -> F:
    """
    Take a fact back by one of the opposite sign; the fact itself stays.

    Raises:
        SaysNotWhy: without a reason.
        AlreadyReversed: it was taken back before.
        IsAReversal: it takes back another one itself.
    """
    if not note.strip():
        raise SaysNotWhy(field="words")
    model = type(fact)
    row = model._default_manager.select_for_update(of=("self",)).get(pk=fact.pk)  # noqa: SLF001 Django's public name
    if row.reverses_id is not None:
        raise IsAReversal
    if model._default_manager.filter(reverses=row.pk).exists():  # noqa: SLF001 Django's public name
        raise AlreadyReversed
    source = row.pk
    row.pk, row.reverses_id = None, source
    row._state.adding = True  # noqa: SLF001 Django's way to copy a row
    row.key, row.cost = uuid5(row.key, "reversal"), -row.cost
    row.note, row.told_by_id, row.at = note.strip()[:500], by.user_id, at
    if isinstance(row, WorkLog):
        row.minutes = -row.minutes
    if isinstance(row, UnitUse):
        row.quantity = -row.quantity
    if isinstance(row, PartUse):
        row.quantity, row.old_serial, row.new_serial = -row.quantity, row.new_serial, row.old_serial
    return put(row, by=by, at=at)
