"""Needing: which skills tickets need, by the conditions of the settings."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from ambidesk.ground.conditions.binding import Asker, bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.support.routing.models import Need
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.models import Ticket


def count_needing(rows: QuerySet[Ticket], *, at: datetime) -> Mapping[int, int]:
    """Count which of these tickets need each skill; a query a skill that a rule asks for."""
    asked: dict[int, Q] = {}
    for need in Need.objects.filter(skill__archived_at=None).order_by("pk"):
        asks = _asks(need, at)
        if asks is not None:
            known = asked.get(need.skill_id)
            asked[need.skill_id] = asks if known is None else known | asks
    return {skill: rows.filter(asks).count() for skill, asks in asked.items()}


def needs_of(numbers: Collection[int], *, at: datetime) -> Mapping[int, frozenset[int]]:
    """Say which skills each of these tickets needs; a query a rule, whatever the number."""
    found: dict[int, set[int]] = defaultdict(set)
    if not numbers:
        return {}
    for need in Need.objects.filter(skill__archived_at=None).order_by("pk"):
        asks = _asks(need, at)
        if asks is None:
            continue
        rows = Ticket.objects.filter(pk__in=numbers).filter(asks)
        for number in rows.values_list("pk", flat=True):
            found[number].add(need.skill_id)
    return {number: frozenset(skills) for number, skills in found.items()}


def _asks(need: Need, at: datetime) -> Q | None:
    """The tickets for which a rule holds; None where what it asks for is gone: nobody waits."""
    try:
        condition = read(need.condition, TICKET_VOCABULARY)
    except Refusal:
        return None
    return compiled(bind(condition, TICKET_VOCABULARY, asker=Asker(at=at, symbols={})), at=at)
