"""Explaining: in words, why each clock of a ticket is due when it is, or is not running."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ambidesk.ground.calendars.explaining import explain
from ambidesk.ground.calendars.words import instant, sentences, spoken
from ambidesk.ground.kernel import journal
from ambidesk.service.sla.models import PolicyVersion
from ambidesk.service.sla.models.clock import GoalKind
from ambidesk.service.sla.rules.clocks import NOTHING, Clock, Piece
from ambidesk.service.sla.rules.facts import Stage
from ambidesk.service.sla.terms import measure_of
from ambidesk.support.promises.settling import clocks_of
from ambidesk.support.tickets.models import Ticket

WHY = {
    Stage.OURS: gettext_lazy("nothing was promised then"),
    Stage.REQUESTER: gettext_lazy("waiting for the requester"),
    Stage.OTHER: gettext_lazy("waiting for another party"),
    Stage.HOLD: gettext_lazy("on hold"),
    Stage.SUSPENDED: gettext_lazy("held back until somebody looked at it"),
    Stage.ENDED: gettext_lazy("solved meanwhile"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One clock in words; `state` is running, paused, met or missed."""

    label: str
    state: str
    due_at: datetime | None
    met_at: datetime | None
    left: timedelta
    reasons: tuple[str, ...]


def told_of(ticket: Ticket, *, at: datetime) -> list[Told]:
    """Tell each clock of a ticket, the newest of each goal; what is still owed comes first."""
    entries = journal.entries_of("ticket", ticket.pk)
    newest = {each.goal: each for each in clocks_of(ticket, entries)}
    clocks = sorted(newest.values(), key=lambda clock: clock.met_at is not None)
    versions = {clock.terms.key[0] for clock in clocks}
    rows = PolicyVersion.objects.filter(pk__in=versions)
    names = dict(rows.values_list("pk", "policy__name"))
    return [_told(clock, names, at) for clock in clocks]


def _told(clock: Clock, names: Mapping[int, str], at: datetime) -> Told:
    missed = clock.is_missed(at)
    state = "missed" if missed else "met" if clock.met_at else "running"
    return Told(
        label=str(GoalKind(clock.goal.value).label),
        state="paused" if clock.is_paused and not missed else state,
        due_at=clock.due_at,
        met_at=clock.met_at,
        left=max(clock.left, NOTHING),
        reasons=tuple(_reasons(clock, names.get(clock.terms.key[0], ""))),
    )


def _reasons(clock: Clock, name: str) -> Iterator[str]:
    facts = {"name": name, "work": spoken(clock.target.work)}
    yield _("“%(name)s” promises %(work)s of working time.") % facts
    yield from course_of(clock)


def course_of(clock: Clock) -> Iterator[str]:
    """Say how the time of a clock went, and when the rest of it is over."""
    for piece in clock.pieces:
        if piece.end is not None and piece.end > piece.start:
            yield _passed(piece, clock)
    last = clock.pieces[-1]
    if last.end is not None:
        return
    if not last.counts:
        words = {
            "since": _said(last.start, clock),
            "why": WHY[last.stage],
            "left": spoken(max(clock.left, NOTHING)),
        }
        yield _("Paused since %(since)s: %(why)s. Left: %(left)s.") % words
    elif clock.left > NOTHING and not clock.terms.key[1]:
        if clock.due_at is not None:
            yield _("Every hour counts: due %(due)s.") % {"due": _said(clock.due_at, clock)}
    elif clock.left > NOTHING:
        calendar = measure_of(clock.terms.key[1])
        yield from sentences(
            explain(calendar, start=last.start, work=clock.left, language=_language())
        )


def _passed(piece: Piece, clock: Clock) -> str:
    facts = {
        "start": _said(piece.start, clock),
        "end": _said(piece.end or piece.start, clock),
        "worked": spoken(piece.worked),
        "why": WHY[piece.stage],
    }
    if piece.counts:
        return _("%(start)s – %(end)s: %(worked)s counted.") % facts
    return _("%(start)s – %(end)s: paused, %(why)s.") % facts


def _said(at: datetime, clock: Clock) -> str:
    # Without a calendar it is round the clock, in the time of whoever reads it.
    calendar = clock.terms.key[1]
    return instant(at.astimezone(measure_of(calendar).zone if calendar else get_current_timezone()))


def _language() -> str:
    return "ru" if (get_language() or "").startswith("ru") else "en"
