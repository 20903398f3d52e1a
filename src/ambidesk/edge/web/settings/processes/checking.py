"""Checking a process while it is drawn: what is wrong, and where."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.service.workflow.drawing import located
from ambidesk.service.workflow.rules.plan import Plan
from ambidesk.service.workflow.rules.reading import NotAPlan, read_plan
from ambidesk.service.workflow.sense import all_flaws
from ambidesk.support.stages.sensing import sense_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FlawView:
    """What is wrong, at which stage; a transition's stands at the stage it leaves."""

    words: str
    stage: int | None


def check(request: Request) -> HttpResponse:
    """Show what keeps it from being published."""
    try:
        plan = _plan_of(request)
    except Refusal as refused:
        return _shown(request, [FlawView(words=str(refused), stage=None)])
    flaws = all_flaws(plan, sense_of(request.actor))
    seen = [
        FlawView(words=located(plan, each), stage=each.stage or _source(plan, each.transition))
        for each in flaws
    ]
    return _shown(request, seen)


def _plan_of(request: Request) -> Plan:
    try:
        given = unpacked(request.POST.get("plan", ""))
    except ValueError as broken:
        raise NotAPlan(field="plan") from broken
    return read_plan(given)


def _source(plan: Plan, transition: int | None) -> int | None:
    way = plan.transition(transition) if transition else None
    return way.source if way else None


def _shown(request: Request, flaws: list[FlawView]) -> HttpResponse:
    return render(request, "processes/check.html", {"flaws": flaws})
