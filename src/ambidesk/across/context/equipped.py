"""Equipped: the equipment in question with its repairs, and what else fails at the company."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from ambidesk.across.context.card import About, AssetPart, CompanyPart, RepairPart
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.models import Asset, Repair

OTHERS, REPAIRS = 3, 4
LATELY: Final = timedelta(days=90)


def asset_in_question(about: About, *, by: Actor) -> Asset | None:
    """Read the asset that it is about, if the actor sees it."""
    if about.asset is None:
        return None
    rows = Asset.objects.visible_to(by).select_related("model", "site")
    return rows.filter(pk=about.asset).first()


def assets_of(
    about: About, asset: Asset | None, *, company: CompanyPart | None, by: Actor, at: datetime
) -> tuple[AssetPart, ...]:
    """Give the asset in question, then those of the site or company that failed last."""
    if company is None:
        return ()
    rows = (
        [asset, *_others(about, company, by=by, at=at)]
        if asset
        else list(_others(about, company, by=by, at=at))
    )
    history: dict[int, list[Repair]] = {row.pk: [] for row in rows}
    repairs = Repair.objects.filter(asset__in=history).select_related("mode", "remedy")
    for repair in repairs.order_by("asset", "-failed_at", "-pk"):
        history[repair.asset_id].append(repair)
    since = at - LATELY
    return tuple(
        AssetPart(
            id=row.pk,
            model=str(row.model),
            serial=row.serial,
            place=row.place,
            site=row.site.name if row.site else "",
            warranty=row.warranty(day_of(at)).value,
            failures=sum(each.is_failure and each.failed_at > since for each in history[row.pk]),
            repairs=tuple(_repair(each) for each in history[row.pk][:REPAIRS]),
            is_here=asset is not None and row.pk == asset.pk,
        )
        for row in rows
    )


def _others(about: About, company: CompanyPart, *, by: Actor, at: datetime) -> Iterable[Asset]:
    """Those that failed within the last 90 days, at the site if one is in question."""
    seen = Asset.objects.visible_to(by).filter(company=company.id).exclude(pk=about.asset or 0)
    if about.site:
        seen = seen.filter(site=about.site)
    failed = Repair.objects.filter(
        asset__in=seen.values("pk"), is_failure=True, failed_at__gt=at - LATELY
    )
    latest = list(failed.order_by("-failed_at").values_list("asset", flat=True)[: OTHERS * 4])
    chosen = list(dict.fromkeys(latest))[:OTHERS]
    found = {row.pk: row for row in seen.filter(pk__in=chosen).select_related("model", "site")}
    return [found[key] for key in chosen]


def _repair(row: Repair) -> RepairPart:
    mode = row.mode.name if row.mode else ""
    done = row.remedy.name if row.remedy else row.note
    words = ": ".join(each for each in (mode, done) if each)
    return RepairPart(
        at=row.failed_at,
        words=words or (_("Failure") if row.is_failure else _("Planned upkeep")),
        is_failure=row.is_failure,
    )
