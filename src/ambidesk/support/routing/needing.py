"""Needing: which skills tickets need, by the conditions of the settings."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from ambidesk.ground.conditions.binding import Asker, bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.support.routing.models import Need
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.models import Ticket


def needs_of(numbers: Collection[int], *, at: datetime) -> Mapping[int, frozenset[int]]:
    """Say which skills each of these tickets needs; a query a rule, whatever the number."""
    found: dict[int, set[int]] = defaultdict(set)
    if not numbers:
        return {}
    for need in Need.objects.filter(skill__archived_at=None).order_by("pk"):
        try:
            condition = read(need.condition, TICKET_VOCABULARY)
        except Refusal:
            # What it asks for is gone: nobody is kept waiting for that.
            continue
        asks = compiled(bind(condition, TICKET_VOCABULARY, asker=Asker(at=at, symbols={})), at=at)
        rows = Ticket.objects.filter(pk__in=numbers).filter(asks)
        for number in rows.values_list("pk", flat=True):
            found[number].add(need.skill_id)
    return {number: frozenset(skills) for number, skills in found.items()}
