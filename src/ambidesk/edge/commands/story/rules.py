"""Rules of the story: a few that every desk has use for; one of them stays off, to be tried."""

from datetime import datetime, timedelta
from typing import Any

from ambidesk.across.automation.knowing import Ready, rules_that_act
from ambidesk.across.automation.models import Outcome, Rule, Run
from ambidesk.across.automation.running import perform
from ambidesk.across.automation.trials.judging import Case, Period
from ambidesk.across.automation.trials.working import judge
from ambidesk.across.automation.writing import RuleText, switch_rule, write_rule
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.ground.kernel.journal import Origin
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.service.catalogue.models import Tag
from ambidesk.support.tickets.models import Priority, Ticket

Said = dict[str, Any]
TOLD = timedelta(days=30)
LOOKED_AT, MOST = 300, 6


def make_rules(*, at: datetime) -> None:
    """Make the rules that are not there; what was told before calls for none of them."""
    if Rule.objects.exists():
        return
    tags = dict(Tag.objects.values_list("name", "pk"))
    for text, is_on in _rules(tags):
        rule = write_rule(None, text, by=TELLER, at=at)
        if is_on:
            switch_rule(rule, on=True, by=TELLER, at=at)


def let_rules_run(*, until: datetime) -> None:
    """Let the rules of the story have run on what came last, once."""
    if Run.objects.exists():
        return
    for row in rules_that_act():
        actor = Actor(kind=ActorKind.RULE, id=row.rule_id, origin=Origin.DEMO)
        for case in _cases(row, until=until):
            run = Run.objects.create(
                version=row.version,
                ticket_id=case.ticket_id,
                cause=case.cause,
                trigger=case.trigger,
                chain=[row.rule_id],
                caused_at=case.at,
                planned_at=case.at,
            )
            perform(run, by=actor, at=case.at)


def _cases(row: Ready, *, until: datetime) -> list[Case]:
    """The latest causes after which nothing else happened to their tickets."""
    period = Period(since=until - TOLD, until=until)
    lately = Ticket.objects.filter(last_at__gte=until - TOLD).order_by("-last_at")
    last = dict(lately.values_list("pk", "last_at")[:LOOKED_AT])
    found = [
        case
        for case in judge(row, list(last), period=period)
        if case.outcome == Outcome.YES and case.at >= last[case.ticket_id]
    ]
    return sorted(found, key=lambda case: case.at)[-MOST:]


def _rules(tags: dict[str, int]) -> list[tuple[RuleText, bool]]:
    return [*_by_events(tags), *_by_time(tags)]


def _by_events(tags: dict[str, int]) -> list[tuple[RuleText, bool]]:
    low = {"field": "priority", "operator": "less", "value": Priority.HIGH.value}
    complaint = RuleText(
        name="Жалоба не ждёт",
        when={"events": ["opened", "tags"]},
        condition=_all(_has(tags, "жалоба"), low),
        then=[_step("tickets.prioritise", priority=Priority.HIGH.value)],
    )
    unhappy = RuleText(
        name="Недовольный клиент — разобраться",
        when={"events": ["rated_badly"]},
        condition=None,
        then=[_step("automation.notify", whom="owner")],
    )
    return [(complaint, True), (unhappy, True)]


def _by_time(tags: dict[str, int]) -> list[tuple[RuleText, bool]]:
    old = RuleText(
        name="Решено пять дней назад — закрыть",
        when={"state": "solved", "amount": 5, "unit": "days", "calendar": None},
        condition=None,
        then=[_step("tickets.close")],
    )
    left = RuleText(
        name="Nobody answers a breakdown",
        when={"state": "us", "amount": 2, "unit": "hours", "calendar": None},
        condition=_all(_has(tags, "breakdown")),
        then=[
            _step("tickets.prioritise", priority=Priority.URGENT.value),
            _step("automation.notify", whom="owner"),
        ],
    )
    return [(old, True), (left, False)]


def _all(*parts: Said) -> Said:
    return {"all": list(parts)}


def _has(tags: dict[str, int], name: str) -> Said:
    return {"field": "tags", "operator": "has_any", "value": [tags[name]]}


def _step(action: str, **parameters: object) -> Said:
    return {"action": action, "parameters": parameters}
