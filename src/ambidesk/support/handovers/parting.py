"""
Parting: a part of a ticket gets a deadline before the whole's promise, as long as both stand.

The journal's subscriber: it follows links, promises and states. The whole's own clock never stops
for it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ambidesk.ground.kernel.journal import Entry
from ambidesk.service.sla.keeping import keep, make_promises
from ambidesk.service.sla.rules.clocks import fold
from ambidesk.service.sla.rules.facts import (
    Began,
    Fact,
    Goal,
    Moved,
    Promised,
    Stage,
    Target,
    Terms,
)
from ambidesk.service.sla.terms import measure_or_all
from ambidesk.support.handovers.models import Part
from ambidesk.support.handovers.rules.part import part_due
from ambidesk.support.promises.events import TermsChosen
from ambidesk.support.tickets.events import StateChanged, TicketsLinked, TicketsRegrouped
from ambidesk.support.tickets.models import Link, LinkKind, Ticket
from ambidesk.support.tickets.recording import lock
from ambidesk.support.tickets.rules.states import ENDED

KINDS = (TicketsLinked.kind, TermsChosen.kind, StateChanged.kind, TicketsRegrouped.kind)
WARNED_AT = (25,)


def follow(entries: Sequence[Entry], *, at: datetime) -> None:
    """Begin, hasten and end the deadlines of parts whose ticket or whole moved."""
    moved = {each.subject_id for each in entries}
    mine = Q(source__in=moved) | Q(target__in=moved)
    links = Link.objects.filter(mine, kind=LinkKind.PARENT)
    standing = links.filter(Q(undone_at=None) | Q(part__ended_at=None, part__isnull=False))
    for link in standing.select_related("source", "target").order_by("source", "pk"):
        _settle(link, at=at)


@transaction.atomic
def _settle(link: Link, *, at: datetime) -> None:
    ticket = lock(link.source)
    row = Part.objects.select_for_update().filter(link=link).first()
    is_over = link.undone_at is not None or ticket.state in ENDED
    if row is None:
        due = link.target.due_at and part_due(at, whole_due=link.target.due_at)
        if is_over or not due:
            return
        (promise,) = make_promises(1, at=at)
        row = Part(link=link, ticket=ticket, began_at=at, due_at=due, promise=promise)
    row.ended_at = (row.ended_at or max(at, row.began_at)) if is_over else None
    row.due_at = _due(row, link.target)
    row.save()
    keep({row.promise_id: fold(_facts(row))}, at=at)


def _due(row: Part, whole: Ticket) -> datetime:
    """As the whole's promise says; while that stands still or is kept, as it said last."""
    due = part_due(row.began_at, whole_due=whole.due_at) if whole.due_at else None
    return due or row.due_at


def _facts(row: Part) -> Iterator[Fact]:
    target = Target(goal=Goal.RESOLUTION, work=row.due_at - row.began_at, percents=WARNED_AT)
    terms = Terms(key=(0, 0), measure=measure_or_all(None), targets=(target,))
    yield Promised(at=row.began_at, terms=terms)
    yield Began(at=row.began_at, asked=False)
    if row.ended_at is not None:
        yield Moved(at=row.ended_at, stage=Stage.ENDED)
