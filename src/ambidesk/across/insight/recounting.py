"""
Recounting: what happened to a ticket makes its facts anew; figures change by the difference.

One at a time: the subscriber's place in the journal is a lock. Taking entries twice is once.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import tzinfo

from django.db import connection, transaction
from django.utils import timezone

from ambidesk.across.insight.knowing import known_of, tickets_of
from ambidesk.across.insight.models import FactRow
from ambidesk.across.insight.rules.facts import Fact
from ambidesk.across.insight.rules.folding import KINDS as OF_COURSE
from ambidesk.across.insight.rules.folding import NOTHING_BESIDE, fold
from ambidesk.across.insight.rules.sums import Cell, Sum, difference, summed
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.kernel.signals import signal
from ambidesk.parties.staff.models import Member
from ambidesk.service.assets.events import AssetDescribed
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.support.coverage.events import CoverageDecided
from ambidesk.support.promises.events import TermsChosen
from ambidesk.support.stages.events import StageTermsChosen
from ambidesk.support.tickets.events import (
    SuspensionLifted,
    TicketAttributed,
    TicketDescribed,
    TicketEquipped,
)
from ambidesk.support.works.events import FactRecorded

# What changes facts: the course of a ticket, and what is known beside it.
KINDS = (
    *OF_COURSE,
    *(
        each.kind
        for each in (
            AssetDescribed,
            CoverageDecided,
            FactRecorded,
            PromiseWarned,
            StageTermsChosen,
            SuspensionLifted,
            TermsChosen,
            TicketAttributed,
            TicketDescribed,
            TicketEquipped,
        )
    ),
)
TOPIC = "insight"
ADD = """
    INSERT INTO insight_figure AS standing
           (day, kind, brand, team, channel, member, bucket, number, flagged, total)
    SELECT day, kind, brand, team, channel, member, bucket, number, flagged, total
      FROM jsonb_to_recordset(%s)
        AS given (day date, kind text, brand bigint, team bigint, channel bigint, member bigint,
                  bucket smallint, number int, flagged int, total bigint)
     ORDER BY day, kind, brand, team, channel, member, bucket
        ON CONFLICT (day, kind, brand, team, channel, member, bucket) DO UPDATE SET
           number = standing.number + excluded.number,
           flagged = standing.flagged + excluded.flagged,
           total = standing.total + excluded.total
    RETURNING id, number, flagged, total
"""
__all__ = ["KINDS", "recount", "take"]


def take(entries: Sequence[Entry]) -> None:
    """Recount the tickets that the entries tell of."""
    recount(tickets_of(entries))


def recount(tickets: Collection[int]) -> None:
    """Make the facts of tickets anew from the journal, and change the figures by the difference."""
    if not tickets:
        return
    with transaction.atomic():
        _recount(tickets)


def _recount(tickets: Collection[int]) -> None:
    zone = timezone.get_default_timezone()
    members = dict(Member.objects.values_list("user_id", "pk"))
    told = journal.entries_of_many("ticket", tickets)
    known = known_of(told, zone=zone)
    new = {
        ticket: fold(entries, members, beside=known.get(ticket, NOTHING_BESIDE))
        for ticket, entries in told.items()
    }
    old: dict[int, list[FactRow]] = {}
    for row in FactRow.objects.filter(ticket__in=tickets).order_by("pk"):
        old.setdefault(row.ticket_id, []).append(row)
    changed = [ticket for ticket in new if [row.fact for row in old.get(ticket, [])] != new[ticket]]
    if not changed:
        return
    FactRow.objects.filter(ticket__in=changed).delete()
    FactRow.objects.bulk_create([FactRow.of(t, fact) for t in changed for fact in new[t]])
    before = [row.fact for ticket in changed for row in old.get(ticket, [])]
    after = [fact for ticket in changed for fact in new[ticket]]
    _add(_changes(before, after, zone=zone))
    signal(TOPIC)


def _changes(before: Sequence[Fact], after: Sequence[Fact], *, zone: tzinfo) -> Mapping[Cell, Sum]:
    return difference(summed(before, zone=zone), summed(after, zone=zone))


def _add(changes: Mapping[Cell, Sum]) -> None:
    if not changes:
        return
    rows = [
        {
            "day": cell.day.isoformat(),
            "kind": cell.kind.value,
            "brand": cell.place.brand,
            "team": cell.place.team,
            "channel": cell.place.channel,
            "member": cell.place.member,
            "bucket": cell.bucket,
            "number": change.number,
            "flagged": change.flagged,
            "total": change.total,
        }
        for cell, change in changes.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(ADD, [json.dumps(rows)])
        empty = [row[0] for row in cursor.fetchall() if not any(row[1:])]
        cursor.execute("DELETE FROM insight_figure WHERE id = ANY(%s)", [empty])
