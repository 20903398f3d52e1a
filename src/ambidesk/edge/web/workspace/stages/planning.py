"""The days and budgets of a ticket's stages, as one table; what was spent stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.granting import CURRENCY
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.money import Money, total
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.service.workflow.rules.plan import Stage, StageKind
from ambidesk.support.stages.moving import require_under_way
from ambidesk.support.stages.planning import NOTHING, Planned, plan_stages, planned_of
from ambidesk.support.works.costing import spent_on

TYPED = ("begins_on", "ends_on", "budget")


class NotReadable(InvalidInput):
    """What was typed is no day and no amount."""

    sentence = gettext_lazy("“%(stage)s”: this is not a day or an amount.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One stage of the table."""

    stage: int
    name: str
    planned: Planned


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """The table, its sum, and what was spent: `share` of the sum in percent, where it compares."""

    number: int
    rows: tuple[Row, ...]
    currency: str
    budget: Money | None
    spent: tuple[Money, ...]
    share: int | None


def show(request: Request, number: int) -> HttpResponse:
    """Show what is planned."""
    ticket = visible_ticket(request.actor, number)
    run = require_under_way(ticket)
    known = planned_of(run)
    language = get_language() or "en"
    rows = tuple(
        Row(stage=stage.id, name=stage.name.said(language), planned=known.get(stage.id, NOTHING))
        for stage in _worked(run.version.plan.stages)
    )
    page = _page(ticket.number, rows, spent_on(ticket.pk))
    return render(request, "stages/plan.html", {"page": page})


def save(request: Request, number: int) -> HttpResponse:
    """Set what was typed."""
    ticket = visible_ticket(request.actor, number)
    run = require_under_way(ticket)
    said = request.POST
    # What stands as it was shown is left to whoever changed it meanwhile.
    stages = {
        stage.id: _planned(stage, said)
        for stage in _worked(run.version.plan.stages)
        if f"ends_on-{stage.id}" in said and _typed(stage, said) != _shown(stage, said)
    }
    changes = plan_stages(ticket, stages, by=request.actor, at=request.at)
    return changed(request, number, _("The plan is saved.") if changes else "")


def _worked(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    return tuple(each for each in stages if each.kind is StageKind.WORK)


def _typed(stage: Stage, said: Mapping[str, str]) -> list[str]:
    return [said.get(f"{name}-{stage.id}", "") for name in TYPED]


def _shown(stage: Stage, said: Mapping[str, str]) -> list[str]:
    return [said.get(f"{name}-was-{stage.id}", "") for name in TYPED]


def _currency(stage: Stage, said: Mapping[str, str]) -> str:
    """The currency of a budget: one that was not touched keeps its own."""
    budget = said.get(f"budget-{stage.id}", "")
    known = said.get(f"currency-was-{stage.id}", "")
    return known if known and budget == said.get(f"budget-was-{stage.id}") else said["currency"]


def _planned(stage: Stage, said: Mapping[str, str]) -> Planned:
    try:
        amount = forms.DecimalField(required=False, localize=True).clean(
            said.get(f"budget-{stage.id}", "")
        )
        return Planned(
            begins_on=_day(said.get(f"begins_on-{stage.id}", "")),
            ends_on=_day(said.get(f"ends_on-{stage.id}", "")),
            budget=None if amount is None else Money(amount, _currency(stage, said)),
        )
    except (forms.ValidationError, LookupError, ValueError) as wrong:
        raise NotReadable(stage=stage.name.said(get_language() or "en")) from wrong


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None


def _page(number: int, rows: tuple[Row, ...], spent: tuple[Money, ...]) -> PlanPage:
    budgets = [each.planned.budget for each in rows if each.planned.budget is not None]
    currencies = {each.currency for each in budgets}
    # Stages that were planned in two currencies have no sum.
    sums = total(budgets, currency=currencies.pop()) if len(currencies) == 1 else None
    same = [each for each in spent if sums and each.currency == sums.currency]
    share = int(same[0].amount * 100 / sums.amount) if sums and same else None
    known = next((each.currency for each in (sums, *spent) if each is not None), CURRENCY)
    return PlanPage(number=number, rows=rows, currency=known, budget=sums, spent=spent, share=share)
