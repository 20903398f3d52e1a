"""Answering: the contractor accepts, refuses, gives back, or says that it is done."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Tick
from ambidesk.support.handovers.locking import lock_both, require_theirs
from ambidesk.support.handovers.models import Handover, WordKind
from ambidesk.support.handovers.moving import move
from ambidesk.support.handovers.rules.standing import Standing
from ambidesk.support.handovers.speaking import NO_WORDS, Words

MOST_MINUTES: Final = 100_000
MOST_MONEY: Final = Decimal(10) ** 10


class NotTicked(InvalidInput):
    """What the stage asks for was not all done."""

    sentence = _("Tick off first: %(lines)s.")
    status = 409


class NoSuchWork(InvalidInput):
    """Nobody works so long, or for so much."""

    sentence = _("This cannot be what was spent.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was done: in words and files, in how many minutes, with materials for so much."""

    words: Words = NO_WORDS
    minutes: int | None = None
    materials: Decimal = Decimal(0)


@transaction.atomic
def accept(handover: Handover, *, by: Actor, at: datetime) -> Handover:
    """
    Take it on.

    Raises:
        NotEntitled: somebody else answers.
        NotNow: it stands otherwise.
    """
    ticket, row = lock_both(handover)
    require_theirs(row, by=by)
    return move(ticket, row, to=Standing.ACCEPTED, by=by, at=at)


@transaction.atomic
def refuse(handover: Handover, reason: str, *, by: Actor, at: datetime) -> Handover:
    """
    Do not take it on; our team has it again.

    Raises:
        NotEntitled: somebody else answers.
        NotNow: it stands otherwise.
        NothingSaid, TooLong: no reason, or one of a book.
    """
    ticket, row = lock_both(handover)
    require_theirs(row, by=by)
    said = (WordKind.REFUSAL, Words(text=reason))
    return move(ticket, row, to=Standing.REFUSED, said=said, by=by, at=at)


@transaction.atomic
def give_back(handover: Handover, reason: str, *, by: Actor, at: datetime) -> Handover:
    """
    Do not finish what was taken on; our team has it again.

    Raises:
        NotEntitled: somebody else answers.
        NotNow: it stands otherwise.
        NothingSaid, TooLong: no reason, or one of a book.
    """
    ticket, row = lock_both(handover)
    require_theirs(row, by=by)
    said = (WordKind.RETURN, Words(text=reason))
    return move(ticket, row, to=Standing.RETURNED, said=said, by=by, at=at)


@transaction.atomic
def finish(handover: Handover, result: Result, *, by: Actor, at: datetime) -> Handover:
    """
    Call it done; what it costs follows from the time at the agreed rate, and the materials.

    Raises:
        NotEntitled: somebody else answers.
        NotNow: it stands otherwise.
        NotTicked: a line of the checklist that has to be done is not.
        NoSuchWork, TooLong, TooManyFiles: it cannot be so.
    """
    ticket, row = lock_both(handover)
    require_theirs(row, by=by)
    _require_ticked(row)
    cost = _cost(row, result)
    row.minutes = result.minutes
    row.cost, row.currency = (cost.amount, cost.currency) if cost else (None, "")
    row.save(update_fields=["minutes", "cost", "currency"])
    said = (WordKind.RESULT, result.words)
    return move(ticket, row, to=Standing.DONE, said=said, by=by, at=at)


def _require_ticked(row: Handover) -> None:
    if row.stay is None:
        return
    ticked = set(Tick.objects.filter(stay=row.stay_id).values_list("item", flat=True))
    open_lines = [
        item for item in stage_of(row.stay).checklist if item.required and item.id not in ticked
    ]
    if open_lines:
        language = get_language() or "en"
        raise NotTicked(lines=", ".join(f"“{item.text.said(language)}”" for item in open_lines))


def _cost(row: Handover, result: Result) -> Money | None:
    minutes, materials = result.minutes, result.materials
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise NoSuchWork(field="minutes")
    if not (materials.is_finite() and 0 <= materials < MOST_MONEY):
        raise NoSuchWork(field="materials")
    price = row.contractor.price
    currency = price.currency if price else row.contractor.currency
    worked = price.amount * (minutes or 0) / 60 if price else Decimal(0)
    whole = Money(worked + materials, currency).rounded()
    return whole if whole.amount else None
