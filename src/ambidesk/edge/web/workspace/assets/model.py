"""A model: how often it fails and what it costs beside its sisters, and what was decided."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.across.insight.rights import InsightRight
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.assets.bars import Bar, Named, bars_of
from ambidesk.edge.web.workspace.assets.papers import Paper, papers_of
from ambidesk.service.assets.deciding import decide
from ambidesk.service.assets.models import Asset, AssetModel, ModelDecision
from ambidesk.service.assets.rights import AssetRight
from ambidesk.service.assets.rules.histories import Band
from ambidesk.service.assets.rules.lines import Line
from ambidesk.service.assets.statistics import ModelFigures, figures_of_model


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One way to compare: its title and a bar for each line."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPage:
    """A model as the screen shows it."""

    model: AssetModel
    figures: ModelFigures
    groups: tuple[Group, ...]
    decisions: tuple[ModelDecision, ...]
    behind: str
    papers: tuple[Paper, ...]
    can_decide: bool
    can_count: bool


def show(request: Request, model: int) -> HttpResponse:
    """Show the model."""
    found = visible_model(request, model)
    figures = figures_of_model(found, by=request.actor, at=request.at)
    page = ModelPage(
        model=found,
        figures=figures,
        groups=_groups(found, figures),
        decisions=tuple(found.decisions.select_related("decided_by")[:20]),
        behind=_behind(model=found.pk),
        papers=papers_of(found, request.actor),
        can_decide=request.actor.may(AssetRight.DECIDE),
        can_count=request.actor.may(InsightRight.SEE),
    )
    return render(request, "assets/model.html", {"page": page})


def put_decision(request: Request, model: int) -> HttpResponse:
    """Decide about the model."""
    found, given = visible_model(request, model), request.POST
    decide(
        found,
        ends_sale="ends_sale" in given,
        ends_cover="ends_cover" in given,
        reason=given.get("reason", ""),
        by=request.actor,
        at=request.at,
    )
    return back_to("asset-model", found.pk)


def visible_model(request: Request, number: int) -> AssetModel:
    """
    Find a model of which the actor sees assets, or that they look after.

    Raises:
        Http404: there is none.
    """
    found = AssetModel.objects.filter(pk=number).select_related("asset_class").first()
    seen = Asset.objects.visible_to(request.actor).filter(model=number)
    if found is None or not (request.actor.may(AssetRight.DECIDE) or seen.exists()):
        raise Http404
    return found


def _groups(model: AssetModel, figures: ModelFigures) -> tuple[Group, ...]:
    models = (figures.whole, *figures.sisters[:7])
    ages = tuple((_age(line.band), line.seen, line.rate, "") for line in figures.ages)
    groups = (
        Group(title=_("By model"), bars=bars_of(_named(models, "model"))),
        Group(title=_("By age"), bars=bars_of(ages)),
        Group(title=_("By site"), bars=bars_of(_named(figures.sites, "site", model=model.pk))),
        Group(title=_("By vendor"), bars=bars_of(_named(figures.vendors, "vendor"))),
    )
    return tuple(group for group in groups if group.bars)


def _named(lines: tuple[Line, ...], by: str, **more: int) -> tuple[Named, ...]:
    return tuple(
        (line.label, line.seen, line.rate, _behind(**more, **{by: line.key})) for line in lines
    )


def _behind(**asked: int) -> str:
    words = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('asset-repairs')}?{words}"


def _age(band: Band) -> str:
    if band.until is None:
        return _("%(n)s years and more") % {"n": band.since}
    return _("%(since)s–%(until)s years") % {"since": band.since, "until": band.until}
