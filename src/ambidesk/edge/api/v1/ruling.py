"""Rules: what the desk does by itself, its switch, its order, and what it did."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from ninja import Query
from pydantic import Field

from ambidesk.across.automation import writing
from ambidesk.across.automation.models import Rule, RuleVersion, Run
from ambidesk.across.automation.rights import RuleRight
from ambidesk.edge.api.door import Call
from ambidesk.edge.api.nouns import Noun, declare, own
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import one, require_all
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page, Paging
from ambidesk.edge.api.v1.directory import NamedOut
from ambidesk.edge.api.v1.phrases import StepIn
from ambidesk.support.tickets.models import Ticket

NOUN = "Rules"
MANAGE = RuleRight.MANAGE
RULE = "rules/{int:rule_id}"


class NewRule(Input):
    """
    When, if, then.

    `when` is `{"events": [...]}` or `{"state", "amount", "unit", "calendar"}`.
    """

    name: str = Field(min_length=1, max_length=80)
    when: dict[str, Any]
    condition: dict[str, Any] | None = None
    then: list[StepIn] = Field(min_length=1, max_length=20)


class RuleOut(NamedOut):
    """A rule in the version that holds."""

    place: int
    version: int
    is_on: bool
    when: dict[str, Any]
    condition: dict[str, Any] | None
    then: list[dict[str, Any]]


class Order(Input):
    """All rules in use, the first one first."""

    rules: list[Id] = Field(max_length=200)


class RunOut(Output):
    """What a version of a rule did with a ticket."""

    id: int
    version: int
    ticket: int
    trigger: str
    state: str
    planned_at: Instant
    ended_at: Instant | None
    refusal: str


def _rules(_request: Call) -> QuerySet[Rule]:
    """Rules, each with what its version that holds says."""
    versions = RuleVersion.objects.filter(rule=OuterRef("pk"), number=OuterRef("version"))
    return Rule.objects.annotate(said=Subquery(versions.values("said")[:1]))


def _save(request: Call, row: Rule | None, body: NewRule) -> Rule:
    text = writing.RuleText(
        name=body.name,
        when=body.when,
        condition=body.condition,
        then=[each.model_dump() for each in body.then],
    )
    return writing.write_rule(row, text, by=request.actor, at=request.at)


def _rule(row: Rule) -> dict[str, Any]:
    said = vars(row)["said"]
    return {
        "id": row.pk,
        "name": row.name,
        "is_archived": row.archived_at is not None,
        "place": row.place,
        "version": row.version,
        "is_on": row.is_on,
        "when": said["when"],
        "condition": said["if"],
        "then": said["then"],
    }


RULES = Noun(
    chapter=NOUN,
    path="rules",
    name="Rule",
    singular="a rule",
    plural="rules",
    sees=MANAGE,
    changes=MANAGE,
    gives=RuleOut,
    takes=NewRule,
    rows=_rules,
    shown=lambda _request, row: _rule(row),
    save=_save,
    turn=lambda request, row: writing.archive_rule(row, by=request.actor, at=request.at),
)
declare(RULES)


@operation("PUT", f"{RULE}/activity", right=MANAGE, name="switchRuleOn", gives=RuleOut)
def switch_on(request: Call, rule_id: Key) -> dict[str, Any]:
    """Switch a rule on"""
    return _switched(request, rule_id, on=True)


@operation("DELETE", f"{RULE}/activity", right=MANAGE, name="switchRuleOff", gives=RuleOut)
def switch_off(request: Call, rule_id: Key) -> dict[str, Any]:
    """Switch a rule off"""
    return _switched(request, rule_id, on=False)


@operation("PUT", "rules/order", right=MANAGE, name="orderRules")
def order(request: Call, body: Order) -> None:
    """Put the rules that are in use into an order"""
    require_all(request.actor)
    writing.order_rules(body.rules, by=request.actor, at=request.at)


@operation("GET", f"{RULE}/runs", right=MANAGE, name="listRuns", gives=Page[RunOut])
def show_runs(request: Call, rule_id: Key, paging: Query[Paging]) -> dict[str, Any]:
    """List what a rule did with tickets that the key reaches, the latest first"""
    rule = one(_rules(request), rule_id)
    seen = Ticket.objects.visible_to(request.actor)
    rows = Run.objects.filter(version__rule=rule, ticket__in=seen).select_related("version")
    return page_of(
        rows,
        of=f"runs:{rule_id}",
        after=paging.after,
        limit=paging.limit,
        show=_run,
        newest_first=True,
    )


def _switched(request: Call, pk: int, *, on: bool) -> dict[str, Any]:
    rule = own(RULES, request, pk=pk)
    writing.switch_rule(rule, on=on, by=request.actor, at=request.at)
    return _rule(one(_rules(request), pk))


def _run(row: Run) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version.number,
        "ticket": row.ticket_id,
        "trigger": row.trigger,
        "state": row.state,
        "planned_at": row.planned_at,
        "ended_at": row.ended_at,
        "refusal": row.refused,
    }
