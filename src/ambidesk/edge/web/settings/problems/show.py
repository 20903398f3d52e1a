"""The screen of problems, and how many there are."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.across.problems.seeing import AT_MOST, latest, open_problems, subjects_of
from ambidesk.edge.web.settings.problems.sentences import Told, told
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.holding import held_since
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.rights import ReachRight


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One problem and what is told of it."""

    problem: Problem
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemsPage:
    """The open problems; since when nothing is sent, after a restore."""

    section: str
    sections: tuple[Section, ...]
    rows: tuple[Row, ...]
    is_cut: bool
    held_since: datetime | None
    can_release: bool


def show(request: Request) -> HttpResponse:
    """Show what is open; `?part=rows` is the list alone."""
    page = _page(request)
    template = "problems/problems.html"
    if request.GET.get("part") == "rows":
        template += "#rows"
    return render(request, template, {"page": page})


def count(request: Request) -> HttpResponse:
    """Show how many are open, nothing where there is none."""
    standing = open_problems(request.actor)[:AT_MOST].count()
    waiting = standing + (held_since() is not None)
    shown = f"{AT_MOST}+" if standing == AT_MOST else str(waiting or "")
    return HttpResponse(shown, content_type="text/plain; charset=utf-8")


def _page(request: Request) -> ProblemsPage:
    problems = latest(request.actor)
    subjects = subjects_of(problems)
    return ProblemsPage(
        section="problems",
        sections=sections(request.actor),
        rows=tuple(Row(problem=each, told=told(each, subjects)) for each in problems),
        is_cut=len(problems) == AT_MOST,
        held_since=held_since(),
        can_release=request.actor.may(ReachRight.MANAGE),
    )
