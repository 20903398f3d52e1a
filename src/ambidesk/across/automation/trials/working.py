"""Working: the tickets of a trial are judged piece by piece; nothing but the trial is written."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import structlog
from django.db import transaction

from ambidesk.across.automation.knowing import Ready
from ambidesk.across.automation.looping import Chains
from ambidesk.across.automation.models import Outcome, RuleVersion, Trial, TrialCase, TrialState
from ambidesk.across.automation.planning import history_of
from ambidesk.across.automation.saying import kept_said
from ambidesk.across.automation.then import regrouped_among, today_of
from ambidesk.across.automation.trials.beginning import tickets_of
from ambidesk.across.automation.trials.judging import Case, Past, Period, cases_of
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.granting import actor_of
from ambidesk.ground.reach.remembering import remembering

log = structlog.get_logger(__name__)
PIECE = 100
# Nobody reads more; the counts go on.
SHOWN = {Outcome.YES: 1_000, Outcome.UNKNOWN: 200, Outcome.NO: 200}


@transaction.atomic
def work_trials(*, at: datetime) -> int:  # noqa: ARG001 what is past is past
    """Work a piece of the oldest trial; say how many tickets it held."""
    rows = Trial.objects.select_for_update(skip_locked=True, of=("self",))
    trial = rows.filter(state=TrialState.WORKING).select_related("user").order_by("pk").first()
    if trial is None:
        return 0
    looked = _work(trial)
    signal(f"user:{trial.user_id}")
    return max(looked, 1)


def _work(trial: Trial) -> int:
    try:
        with transaction.atomic():
            numbers = _next(trial)
            _judge(trial, numbers)
    except Exception as fault:
        # Either what it asks for is gone since: there is nothing more to find out. Or it is broken,
        # and must not stand in the way of those behind it.
        if not isinstance(fault, Refusal):
            log.exception("trial-broke", trial=trial.pk)
        trial.state = TrialState.STOPPED
        trial.save(update_fields=["state"])
        return 0
    if len(numbers) < PIECE:
        trial.state = TrialState.DONE
    trial.save()
    return len(numbers)


def _next(trial: Trial) -> list[int]:
    rows = tickets_of(trial, by=actor_of(trial.user)).filter(pk__gt=trial.at_ticket)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:PIECE])


def _judge(trial: Trial, numbers: Sequence[int]) -> None:
    if not numbers:
        return
    with remembering():
        cases = list(judge(ready_of(trial), numbers, period=period_of(trial)))
    trial.yes += sum(case.outcome == Outcome.YES for case in cases)
    trial.unknown += sum(case.outcome == Outcome.UNKNOWN for case in cases)
    trial.no += sum(case.outcome == Outcome.NO for case in cases)
    trial.tickets += len({case.ticket_id for case in cases if case.outcome == Outcome.YES})
    trial.looked += len(numbers)
    trial.at_ticket = numbers[-1]
    TrialCase.objects.bulk_create(list(_shown(trial, cases)), ignore_conflicts=True)


def judge(rule: Ready, numbers: Sequence[int], *, period: Period) -> Iterator[Case]:
    """Judge the past of tickets."""
    rows, history = history_of(numbers)
    pairs = [
        (number, entry) for number in rows for entry in history[number] if period.holds(entry.at)
    ]
    chains = Chains.around(pairs, at=period.until)
    regrouped = regrouped_among(rows)
    for number, row in rows.items():
        today = today_of(row, is_regrouped=number in regrouped)
        past = Past(ticket=row, today=today, entries=history[number], chains=chains)
        yield from cases_of(rule, past, period=period)


def ready_of(trial: Trial) -> Ready:
    """Make a rule of what a trial says; raises Refusal where what it names is gone."""
    version = RuleVersion(rule_id=trial.rule_id or 0, number=1, said=trial.said)
    return Ready(version=version, said=kept_said(trial.said))


def period_of(trial: Trial) -> Period:
    """The period of a trial."""
    return Period(since=trial.since, until=trial.until)


def _shown(trial: Trial, cases: Sequence[Case]) -> Iterator[TrialCase]:
    before = {
        Outcome.YES: trial.yes,
        Outcome.UNKNOWN: trial.unknown,
        Outcome.NO: trial.no,
    }
    for outcome, most in SHOWN.items():
        mine = [case for case in cases if case.outcome == outcome]
        room = max(0, most - (before[outcome] - len(mine)))
        for case in mine[:room]:
            yield TrialCase(
                trial=trial,
                ticket_id=case.ticket_id,
                cause=case.cause,
                trigger=case.trigger,
                at=case.at,
                outcome=case.outcome,
                verdicts=list(case.verdicts),
            )
