"""
Telling: who of ours learns what a contractor does, and who of theirs that there is work.

News go to who has the ticket, else to its team; what comes back to the team and what is late go
to both.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.support.handovers.events import HandoverMoved, HandoverOffered, HandoverSaid
from ambidesk.support.handovers.lettering import letter_of, write_to
from ambidesk.support.handovers.models import Handover, Round
from ambidesk.support.handovers.rules.standing import BACK, Standing
from ambidesk.support.notifications.models import NoticeKind
from ambidesk.support.notifications.notifying import notify_many
from ambidesk.support.tickets.noticing import news_of, still_seen, users_of

KINDS = (HandoverOffered.kind, HandoverMoved.kind, HandoverSaid.kind, PromiseWarned.kind)
# What a contractor does of their own accord.
THEIR_DOING = BACK | {Standing.ACCEPTED, Standing.DONE}


def tell_of(entries: Sequence[Entry], *, at: datetime) -> int:
    """Tell ours on the screen and as they prefer, theirs by mail; say how many of ours."""
    late = _late(entries)
    keys = {each.data["handover_id"] for each in entries if "handover_id" in each.data}
    rows = Handover.objects.select_related("ticket__assignee").in_bulk(
        [*keys, *(row.handover_id for row in late.values())]
    )
    told = list(_about(entries, rows, late))
    teams = users_of({row.ticket.team_id for _e, row, _k in told if row.ticket.team_id})
    news = [
        news_of(entry, row.ticket_id, user=user, kind=kind)
        for entry, row, kind in told
        for user in _concerned(row, teams, wide=_is_wide(entry, kind))
        if not (entry.actor_kind == ActorKind.USER and entry.actor_id == user)
    ]
    count = len(notify_many(still_seen(news), at=at))
    for entry in entries:
        row, kind = rows.get(entry.data.get("handover_id") or 0), letter_of(entry)
        if row is not None and kind is not None:
            write_to(row, kind, at=at)
    return count


def _late(entries: Sequence[Entry]) -> Mapping[int, Round]:
    """The rounds that run, of which a warning was reached, by promise."""
    warned = {each.subject_id for each in entries if each.kind == PromiseWarned.kind}
    rows = Round.objects.filter(promise__in=warned, ended_at=None)
    return {row.promise_id: row for row in rows}


def _about(
    entries: Sequence[Entry], rows: Mapping[int, Handover], late: Mapping[int, Round]
) -> Iterator[tuple[Entry, Handover, NoticeKind]]:
    for entry in entries:
        if entry.kind == PromiseWarned.kind:
            if standing := late.get(entry.subject_id):
                yield entry, rows[standing.handover_id], NoticeKind.LATE
        elif _is_theirs(entry) and (row := rows.get(entry.data["handover_id"])):
            yield entry, row, NoticeKind.HANDED


def _is_theirs(entry: Entry) -> bool:
    match entry.kind:
        case HandoverMoved.kind:
            is_rework = entry.data["before"] == Standing.DONE
            return Standing(entry.data["after"]) in THEIR_DOING and not is_rework
        case HandoverSaid.kind:
            return not entry.data["is_ours"]
        case _:
            return False


def _is_wide(entry: Entry, kind: NoticeKind) -> bool:
    """Whether the whole team is told, though somebody has the ticket."""
    if kind is NoticeKind.LATE:
        return bool(entry.data["breached"])
    return entry.kind == HandoverMoved.kind and Standing(entry.data["after"]) in BACK


def _concerned(row: Handover, teams: Mapping[int, frozenset[int]], *, wide: bool) -> frozenset[int]:
    owner = row.ticket.assignee
    theirs = teams.get(row.ticket.team_id or 0, frozenset())
    if owner is None:
        return theirs
    return frozenset({owner.user_id}) | theirs if wide else frozenset({owner.user_id})
