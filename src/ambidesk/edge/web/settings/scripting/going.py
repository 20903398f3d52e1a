"""How a script goes: its versions, how many runs came to an end, where others were left."""

from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.settings.scripting.checking import Drawn, PictureView, label_of, pictured
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.scripts.figures import Figures, Went, figures_of, runs_of
from ambidesk.support.scripts.models import Run, Script, Version
from ambidesk.support.scripts.rules.reading import read_flow

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A step at which runs were left: how many, and of the worst one's how much."""

    step: int
    place: int
    label: str
    runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingPage:
    """A script with its versions; `chosen` is the one whose picture is shown."""

    sections: tuple[Section, ...]
    script: Script
    versions: tuple[Figures, ...]
    chosen: Figures | None
    view: PictureView | None
    leaving: tuple[Leaving, ...]
    runs: tuple[Run, ...]
    what: str
    is_changed: bool
    section: str = "scripts"


def show(request: Request, pk: int) -> HttpResponse:
    """Show how a script goes; `?version=` chooses one, `?what=` shows its tickets."""
    script = Script.objects.filter(pk=pk).first()
    if script is None:
        raise Http404
    versions = figures_of(script, by=request.actor, at=request.at)
    asked = request.GET.get("version", "")
    chosen = next((each for each in versions if str(each.version.number) == asked), None)
    chosen = chosen or next(iter(versions), None)
    current = script.current
    page = GoingPage(
        sections=sections(request.actor),
        script=script,
        versions=versions,
        chosen=chosen,
        view=_view(chosen) if chosen else None,
        leaving=_leaving(chosen) if chosen else (),
        runs=_runs(request, script, chosen.version) if chosen else (),
        what=request.GET.get("what", ""),
        is_changed=current is None or current.flow != script.draft,
    )
    return render(request, "scripting/going.html", {"page": page})


def _view(figures: Figures) -> PictureView:
    view = pictured(read_flow(figures.version.flow))
    return replace(view, steps=tuple(_noted(each, figures) for each in view.steps))


def _noted(drawn: Drawn, figures: Figures) -> Drawn:
    step = drawn.node.step
    left, ended = figures.left.get(step.id, 0), figures.ended.get(step.id, 0)
    if ended:
        return replace(drawn, note=str(ended))
    if not left:
        return drawn
    return replace(drawn, note=_("left: %(n)s") % {"n": left}, heat=1)


def _leaving(figures: Figures) -> tuple[Leaving, ...]:
    flow = read_flow(figures.version.flow)
    found = [
        Leaving(step=step.id, place=place, label=label_of(step), runs=figures.left[step.id])
        for place, step in enumerate(flow.steps, start=1)
        if figures.left.get(step.id)
    ]
    return tuple(sorted(found, key=lambda each: -each.runs))


def _runs(request: Request, script: Script, version: Version) -> tuple[Run, ...]:
    what, step = request.GET.get("what", ""), request.GET.get("step", "")
    if what not in {*Went, "begun"}:
        return ()
    rows = runs_of(script, by=request.actor).filter(version=version)
    if what in set(Went):
        rows = rows.filter(Went(what).holds(request.at))
    if step.isdigit() and len(step) < 6:
        rows = rows.filter(at_step=int(step))
    return tuple(rows.select_related("ticket__requester", "moved_by").order_by("-pk")[:MOST])
