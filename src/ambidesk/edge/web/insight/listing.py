"""Handovers in a list behind a figure: the ticket, what was to be done, and how it went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambidesk.edge.web.ui.durations import in_words
from ambidesk.parties.authority.saying import money_words
from ambidesk.support.handovers.models import Handover, Round
from ambidesk.support.handovers.rules.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedRow:
    """One of them."""

    number: int
    task: str
    facts: tuple[str, ...]
    late: str
    label: str
    at: datetime


def rows_of(rows: Iterable[Handover], *, at: datetime) -> tuple[HandedRow, ...]:
    """Say each of them; the rounds of all are read at once."""
    found = list(rows)
    late: dict[int, float] = {}
    for each in Round.objects.filter(handover__in=found):
        end = each.ended_at or at
        counts = each.is_done or each.ended_at is None
        if counts and end > each.due_at:
            seconds = (end - each.due_at).total_seconds()
            late[each.handover_id] = max(late.get(each.handover_id, 0.0), seconds)
    return tuple(_row(row, late.get(row.pk, 0.0)) for row in found)


def _row(row: Handover, late: float) -> HandedRow:
    price = row.price
    again = ngettext("sent back once", "sent back %(n)s times", row.reworks) % {"n": row.reworks}
    facts = (
        row.site.name if row.site else "",
        again if row.reworks else "",
        money_words(price) if price else "",
    )
    return HandedRow(
        number=row.ticket_id,
        task=row.task or row.ticket.subject,
        facts=tuple(each for each in facts if each),
        late=_("%(span)s late") % {"span": in_words(late)} if late else "",
        label=str(Standing(row.standing).label),
        at=row.ended_at or row.due_at,
    )
