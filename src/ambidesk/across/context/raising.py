"""Raising: the hints whose conditions hold for a card, in their order."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from django.utils.formats import localize

from ambidesk.across.context.card import Card
from ambidesk.across.context.knowing import CONTEXT_VOCABULARY, circumstances_of
from ambidesk.across.context.models import Hint
from ambidesk.across.context.rules.hints import Look, Raised, filled
from ambidesk.ground.conditions.binding import Asker, bind
from ambidesk.ground.conditions.evaluating import holds
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor


def hints_for(card: Card, *, by: Actor, at: datetime) -> tuple[Raised, ...]:
    """Give the hints of a card; one that asks for what is gone since says nothing."""
    rows = list(Hint.objects.filter(archived_at=None))
    return tuple(_raised(rows, card, by=by, at=at)) if rows else ()


def _raised(rows: list[Hint], card: Card, *, by: Actor, at: datetime) -> Iterator[Raised]:
    seen = circumstances_of(card, on=day_of(at))
    known = {name: localize(value) for name, value in asdict(seen).items() if value is not None}
    asker = Asker(actor=by, at=at)
    for row in rows:
        try:
            bound = bind(read(row.condition, CONTEXT_VOCABULARY), CONTEXT_VOCABULARY, asker=asker)
        except (Refusal, KeyError):
            continue
        if holds(bound, seen, at=at):
            yield Raised(id=row.pk, words=filled(row.words, known), look=Look(row.look))
