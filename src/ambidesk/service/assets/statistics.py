"""
Statistics: how often equipment fails and what it costs, by model, vendor, site and age.

All that the actor sees counts, also what never failed and what is out of service by now.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from django.db.models import QuerySet

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.models import Asset, AssetModel, Repair
from ambidesk.service.assets.rules.histories import (
    Band,
    History,
    Window,
    bands_of,
    by_age,
    first_life,
)
from ambidesk.service.assets.rules.lines import Line, Paid, compared, line_of
from ambidesk.service.assets.rules.lives import Step, survival
from ambidesk.service.assets.rules.rates import Estimate, Exposure, failure_rate

EARLIEST = date(1970, 1, 1)
MOST_SITES = 20
BANDS = bands_of((0, 1, 2, 3, 5, 8))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeLine:
    """Failures a year at an age."""

    band: Band
    seen: Exposure
    rate: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFigures:
    """What is known of a model: the whole, its sisters of the class, and its parts."""

    whole: Line
    sisters: tuple[Line, ...]
    vendors: tuple[Line, ...]
    sites: tuple[Line, ...]
    ages: tuple[AgeLine, ...]
    lives: tuple[Step, ...]
    currency: str


def window_until(at: datetime) -> Window:
    """Look at everything until the end of the day."""
    return Window(since=EARLIEST, until=day_of(at) + timedelta(days=1))


def histories_of(assets: QuerySet[Asset]) -> list[History]:
    """Read the histories of assets, in the order of their keys."""
    failures: dict[int, list[date]] = defaultdict(list)
    failed = Repair.objects.filter(asset__in=assets.order_by().values("pk"), is_failure=True)
    for asset, failed_at in failed.order_by("failed_at").values_list("asset", "failed_at"):
        failures[asset].append(failed_at.date())
    columns = ("pk", "installed_on", "known_since", "retired_on")
    return [
        History(
            asset=pk,
            began=min(installed or known, known),
            known=known,
            ended=retired,
            failures=tuple(failures[pk]),
        )
        for pk, installed, known, retired in assets.order_by("pk").values_list(*columns)
    ]


def figures_of_model(model: AssetModel, *, by: Actor, at: datetime) -> ModelFigures:
    """Read the figures of a model beside those of its sisters."""
    window = window_until(at)
    rows = Asset.objects.visible_to(by).filter(model__asset_class=model.asset_class_id)
    paid, currency = _paid(rows)
    groups = Groups(histories={h.asset: h for h in histories_of(rows)}, window=window, paid=paid)
    places = dict(rows.values_list("pk", "model"))
    models = AssetModel.objects.in_bulk(set(places.values()))
    labels = {pk: str(row) for pk, row in models.items()}
    lines = {line.key: line for line in groups.lines(places, labels)}
    own = [groups.histories[pk] for pk, kind in places.items() if kind == model.pk]
    whole = lines.pop(model.pk, None) or line_of(own, window, paid=paid, label=str(model))
    sisters = sorted(lines.values(), key=lambda line: -line.seen.events)
    return ModelFigures(
        whole=compared(whole, sisters),
        sisters=tuple(sisters),
        vendors=groups.lines(*_vendors(places, models)),
        sites=groups.lines(*_sites(rows.filter(model=model)))[:MOST_SITES],
        ages=_ages(own, window),
        lives=survival(first_life(each, window) for each in own),
        currency=currency,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Assets that can be grouped in several ways."""

    histories: Mapping[int, History]
    window: Window
    paid: Paid

    def lines(self, places: Mapping[int, int], labels: Mapping[int, str]) -> tuple[Line, ...]:
        """Sum up each group of assets by its key, those with most failures first."""
        groups: dict[int, list[History]] = defaultdict(list)
        for asset, key in places.items():
            groups[key].append(self.histories[asset])
        lines = (
            line_of(rows, self.window, paid=self.paid, key=key, label=labels[key])
            for key, rows in groups.items()
        )
        return tuple(sorted(lines, key=lambda line: (-line.seen.events, line.label)))


Grouping: TypeAlias = tuple[dict[int, int], dict[int, str]]


def _vendors(places: Mapping[int, int], models: Mapping[int, AssetModel]) -> Grouping:
    # A vendor is known by the first of its models.
    first: dict[str, int] = {}
    own = {pk: first.setdefault(models[pk].vendor.lower(), pk) for pk in sorted(models)}
    labels = {pk: models[pk].vendor for pk in first.values()}
    return {asset: own[kind] for asset, kind in places.items()}, labels


def _sites(rows: QuerySet[Asset]) -> Grouping:
    found = rows.exclude(site=None).values_list("pk", "site", "site__name")
    return {pk: site for pk, site, _name in found}, {site: name for _pk, site, name in found}


def _ages(own: Iterable[History], window: Window) -> tuple[AgeLine, ...]:
    return tuple(
        AgeLine(band=band, seen=part, rate=failure_rate(part))
        for band, part in by_age(own, window, bands=BANDS).items()
        if part.time > 0
    )


def _paid(rows: QuerySet[Asset]) -> tuple[Paid, str]:
    """Read costs in the currency that most repairs are in; amounts of others are left out."""
    repairs = Repair.objects.filter(asset__in=rows.order_by().values("pk"))
    found = list(repairs.values_list("asset", "cost", "currency"))
    counted = Counter(currency for _asset, _cost, currency in found if currency)
    currency = counted.most_common(1)[0][0] if counted else ""
    paid: dict[int, list[float]] = defaultdict(list)
    for asset, cost, own in found:
        if own in {"", currency}:
            paid[asset].append(float(cost))
    return Paid(repairs={asset: tuple(costs) for asset, costs in paid.items()}), currency
