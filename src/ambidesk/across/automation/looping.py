"""
Looping: each run knows the rules that led to it; what comes back to itself is stopped and named.

A chain is as deep as DEEPEST at most, and a ticket bears MOST runs an hour: so it always ends.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from ambidesk.across.automation.models import RuleVersion, Run, RunState
from ambidesk.across.automation.models.run import STOPPED
from ambidesk.ground.kernel import problems
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import ActorKind

DEEPEST = 10
MOST = 100
WINDOW = timedelta(hours=1)
PROBLEM, SUBJECT = "rules-loop", "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A run and the entries that it made on its ticket."""

    rule: int
    first: int
    last: int
    chain: tuple[int, ...]


@dataclass(slots=True, kw_only=True)
class Chains:
    """Which rules led to which entry, and how much each ticket has borne within the hour."""

    made: Mapping[int, Sequence[Made]]
    borne: Counter[int]

    @classmethod
    def around(cls, pairs: Collection[tuple[int, Entry]], *, at: datetime) -> "Chains":
        """Read what led to entries, each of a ticket."""
        ours = [(ticket, e) for ticket, e in pairs if e.actor_kind == ActorKind.RULE]
        borne = Run.objects.filter(
            ticket__in={ticket for ticket, _entry in pairs}, planned_at__gt=at - WINDOW
        ).exclude(state__in=STOPPED)
        counted = borne.values_list("ticket").annotate(number=Count("pk")).order_by()
        return cls(made=_made(ours), borne=Counter(dict(counted)))

    def before(self, ticket: int, entry: Entry) -> tuple[int, ...]:
        """Name the rules that led to an entry, the first one first; none where it was no rule."""
        if entry.actor_kind != ActorKind.RULE:
            return ()
        number = entry.position.sequence
        theirs = (
            each.chain
            for each in self.made.get(ticket, ())
            if each.rule == entry.actor_id and each.first <= number <= each.last
        )
        return next(theirs, (entry.actor_id or 0,))

    def report(self, runs: Sequence[Run], *, at: datetime) -> None:
        """Tell of those that were stopped, a problem for each rule that closed the circle."""
        for run in runs:
            if run.state in STOPPED:
                facts = {
                    "rules": circle(run.chain),
                    "ticket": run.ticket_id,
                    "why": str(run.state),
                }
                problems.report(PROBLEM, (SUBJECT, run.chain[-1]), at=at, facts=facts)


def circle(chain: Sequence[int]) -> list[int]:
    """Cut a chain to what goes round, from the rule that comes again; else leave it whole."""
    last = chain[-1]
    return list(chain[list(chain).index(last) :]) if last in chain[:-1] else list(chain)


def state_of(chain: Sequence[int], *, borne: int) -> RunState:
    """Say whether a run with this chain, itself last, may happen."""
    if chain[-1] in chain[:-1]:
        return RunState.LOOP
    if len(chain) > DEEPEST:
        return RunState.DEEP
    return RunState.MUCH if borne >= MOST else RunState.DUE


def planned(
    version: RuleVersion, ticket: int, *, cause: Entry, trigger: str, chains: Chains, at: datetime
) -> Run:
    """Make the row of a run, stopped where it may not happen."""
    chain = [*chains.before(ticket, cause), version.rule_id]
    state = state_of(chain, borne=chains.borne[ticket])
    chains.borne[ticket] += state is RunState.DUE
    return Run(
        version=version,
        ticket_id=ticket,
        cause=cause.position.sequence,
        trigger=trigger,
        state=state,
        chain=chain,
        caused_at=cause.at,
        planned_at=at,
        ended_at=None if state is RunState.DUE else at,
    )


def _made(pairs: Sequence[tuple[int, Entry]]) -> dict[int, list[Made]]:
    if not pairs:
        return {}
    rows = Run.objects.filter(
        ticket__in={ticket for ticket, _entry in pairs},
        last__gte=min(entry.position.sequence for _ticket, entry in pairs),
    ).order_by("pk")
    found: dict[int, list[Made]] = {}
    wanted = ("ticket", "version__rule", "first", "last", "chain")
    for ticket, rule, first, last, chain in rows.values_list(*wanted):
        made = Made(rule=rule, first=first or 0, last=last or 0, chain=tuple(chain))
        found.setdefault(ticket, []).append(made)
    return found
