"""
Running: what was planned is done, each run in one transaction with what it did.

Runs on one ticket go one after the other. A worker that is killed leaves a run due, or done whole.
"""

from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.events import RuleRan
from ambidesk.across.automation.models import Run, RunState
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.support.desk.batches.applying import apply_steps
from ambidesk.support.desk.steps.step import kept_steps
from ambidesk.support.tickets.models import Ticket

log = structlog.get_logger(__name__)
AT_ONCE = 50


class ItBroke(Refusal):
    """A fault of ours."""

    sentence = _("Something broke in the desk. The log says what.")


def run_due(*, at: datetime) -> int:
    """Do what is planned, the oldest first; say how many runs were found."""
    earlier = Run.objects.filter(
        state=RunState.DUE, ticket=OuterRef("ticket"), pk__lt=OuterRef("pk")
    )
    due = Run.objects.filter(~Exists(earlier), state=RunState.DUE).order_by("pk")
    numbers = list(due.values_list("pk", flat=True)[:AT_ONCE])
    busy: Exception | None = None
    for number in numbers:
        try:
            _try(number, at=at)
        except (OperationalError, InterfaceError) as fault:
            # One that always waits too long must not hold up those behind it.
            busy = fault
        crash_point("rule-committed")
    if busy:
        raise busy
    return len(numbers)


def _try(number: int, *, at: datetime) -> None:
    try:
        _do(number, at=at)
    except (OperationalError, InterfaceError):
        # The database is away or busy: the run stays due.
        raise
    except Exception:
        # What is wrong in one rule must not stand in the way of all others.
        log.exception("rule-broke", run=number)
        said = in_each_language(ItBroke())
        due = Run.objects.filter(pk=number, state=RunState.DUE)
        due.update(state=RunState.REFUSED, refusal=said, ended_at=at)


@transaction.atomic
def _do(number: int, *, at: datetime) -> None:
    rows = Run.objects.select_for_update(skip_locked=True, of=("self",))
    due = rows.filter(pk=number, state=RunState.DUE).select_related("version__rule")
    run = due.first()
    if run is None:
        return
    rule = run.version.rule
    if not rule.is_on:
        run.state, run.ended_at = RunState.OFF, at
        run.save(update_fields=["state", "ended_at"])
        return
    perform(run, by=Actor(kind=ActorKind.RULE, id=rule.pk), at=at)


def perform(run: Run, *, by: Actor, at: datetime) -> None:
    """Do what a run that the caller holds locked has to do, and write down what came of it."""
    # What others do to the ticket comes before the mark or after the run, never in between.
    list(Ticket.objects.select_for_update(no_key=True).filter(pk=run.ticket_id).values("pk"))
    mark = journal.newest_sequence()
    refusal = _act(run, by=by, at=at)
    crash_point("rule-acted")
    run.state = RunState.REFUSED if refusal else RunState.DONE
    run.refusal = in_each_language(refusal) if refusal else None
    run.ended_at = at
    _record(run, mark=mark, by=by, at=at)


def in_each_language(refusal: Refusal) -> dict[str, str]:
    """Say a refusal in each language of the desk, for nobody knows who will read it."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said[code] = str(refusal)[:300]
    return said


def _act(run: Run, *, by: Actor, at: datetime) -> Refusal | None:
    steps = kept_steps(run.version.said["then"])
    applied = apply_steps(steps, [run.ticket_id], by=by, at=at)
    return applied.refused.get(run.ticket_id)


def _record(run: Run, *, mark: int, by: Actor, at: datetime) -> None:
    event = RuleRan(
        ticket_id=run.ticket_id,
        rule_id=run.version.rule_id,
        version_id=run.version_id,
        run_id=run.pk,
        outcome=RunState(run.state),
    )
    journal.record(event, by=by, at=at)
    made: list[Any] = journal.sequences_after(
        mark, subject_kind="ticket", subject_ids=[run.ticket_id]
    ).get(run.ticket_id, [])
    run.first, run.last = made[0], made[-1]
    run.save(update_fields=["state", "refusal", "ended_at", "first", "last"])
