"""Rehearsing a script while it is written: walked through without a ticket, nothing is done."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from ambidesk.edge.web.settings.scripting.checking import flow_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.support.desk.steps.step import kept_steps
from ambidesk.support.desk.steps.words import in_words_each
from ambidesk.support.scripts.branching import chooser
from ambidesk.support.scripts.rules import walking
from ambidesk.support.scripts.rules.answers import typed
from ambidesk.support.scripts.rules.flow import Flow, StepKind
from ambidesk.support.scripts.rules.walking import Walk

LONGEST_TRAIL = 60
Trail = list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Where a rehearsal stands; `trail` is what was answered so far, as JSON."""

    walk: Walk
    trail: str
    text: str
    actions: tuple[str, ...]
    options: tuple[tuple[int, str], ...]
    error: str = ""

    @property
    def place(self) -> int:
        """The place of the step in the flow."""
        return self.walk.flow.steps.index(self.walk.step) + 1


def rehearse(request: Request) -> HttpResponse:
    """Show the next step of a rehearsal, or the one before."""
    try:
        rehearsal = _rehearsed(request)
    except Refusal as refused:
        return render(request, "scripting/rehearsal.html", {"refusal": str(refused)})
    return render(request, "scripting/rehearsal.html", {"page": rehearsal})


def _rehearsed(request: Request) -> Rehearsal:
    flow, trail = flow_of(request), _trail(request.POST.get("trail", "[]"))
    way, error = request.POST.get("way", ""), ""
    walk = _walked(request, flow, trail)
    if way == "back" and trail:
        trail = trail[:-1]
        walk = _walked(request, flow, trail)
    elif way == "next":
        given = request.POST.getlist("answer")
        try:
            walk = _passed(request, walk, given)
            trail = [*trail, given]
        except InvalidInput as refused:
            error = str(refused)
    language = (get_language() or "en")[:2]
    step = walk.step
    return Rehearsal(
        walk=walk,
        trail=json.dumps(trail),
        text=step.text.said(language),
        actions=tuple(in_words_each([[each] for each in kept_steps(step.actions)])),
        options=tuple((each.id, each.label.said(language)) for each in step.options),
        error=error,
    )


def _walked(request: Request, flow: Flow, trail: Trail) -> Walk:
    walk = walking.begin(flow)
    for given in trail:
        walk = _passed(request, walk, given)
    return walk


def _passed(request: Request, walk: Walk, given: Sequence[str]) -> Walk:
    answer = typed(walk.step, given) if walk.step.kind is StepKind.ASK else None
    choose = chooser(walk.flow, None, by=request.actor, at=request.at)
    return walking.forward(walk, answer, choose=choose)


def _trail(given: str) -> Trail:
    try:
        rows = unpacked(given)
    except ValueError:
        return []
    if not isinstance(rows, list):
        return []
    return [[str(each) for each in row] for row in rows[:LONGEST_TRAIL] if isinstance(row, list)]
