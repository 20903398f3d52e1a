"""
Reading: what is in force for companies on a day, as the arithmetic wants it.

An active version never changes, so each is read once a process.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from django.db.models import Q

from ambidesk.ground.kernel.money import Money
from ambidesk.service.contracts.models import (
    Line,
    Package,
    Promised,
    StagePromise,
    Stop,
    Version,
)
from ambidesk.service.contracts.packaging import balances
from ambidesk.service.contracts.rules import deciding, lines, promising, staging
from ambidesk.service.contracts.rules.packages import Balance

NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What holds for one company on one day; `used` is per cent, by package."""

    versions: Sequence[lines.Version]
    standing: deciding.Standing
    used: Mapping[int, int]


def in_force(
    companies: Collection[int], *, on: date, stopped_at: datetime | None = None
) -> Mapping[int, InForce]:
    """Read what holds for companies on a day; the stops are those of now, or of an instant."""
    versions: dict[int, list[lines.Version]] = {each: [] for each in companies}
    rows = Version.objects.filter(
        Q(until_on=None) | Q(until_on__gt=on),
        contract__company__in=companies,
        activated_at__isnull=False,
        starts_on__lte=on,
    )
    for company, pk, since in rows.values_list("contract__company", "pk", "activated_at"):
        versions[company].append(frozen(pk, since))
    folded = _balances(versions.values(), on)
    available = {key: each.available if each else NONE for key, each in folded.items()}
    used = {key: int(each.used * lines.ALL) if each else lines.ALL for key, each in folded.items()}
    stops = _stops(companies, stopped_at)
    return {
        company: InForce(
            versions=found,
            standing=deciding.Standing(available=available, stops=stops.get(company, ())),
            used=used,
        )
        for company, found in versions.items()
    }


@lru_cache(maxsize=4096)
def frozen(version: int, _since: datetime) -> lines.Version:
    """Read an active version by its id and the instant of its activation."""
    row = Version.objects.select_related("contract").get(pk=version)
    found = [_line(each, row.contract.currency) for each in row.lines.all()]
    return lines.Version(
        contract=row.contract_id,
        version=row.pk,
        lines=tuple(found),
        outside=lines.Outside(row.outside),
        channels=frozenset(row.channels),
    )


@lru_cache(maxsize=4096)
def promises_of(version: int, _since: datetime) -> Sequence[promising.Promised]:
    """Read what an active version promises."""
    return tuple(
        promising.Promised(
            key=each.pk,
            policy=each.policy_id,
            calendar=each.calendar_id,
            line=each.line_id,
            service=each.service_id,
            priority=each.priority,
            asset_class=each.asset_class_id,
        )
        for each in Promised.objects.filter(version=version)
    )


@lru_cache(maxsize=4096)
def stages_of(version: int, _since: datetime) -> Sequence[staging.StagePromised]:
    """Read what an active version promises for stages."""
    return tuple(map(_stage, StagePromise.objects.filter(version=version)))


@lru_cache(maxsize=4096)
def stage_promise(key: int) -> staging.StagePromised:
    """Read one promise for a stage, of a version that is or was active."""
    return _stage(StagePromise.objects.get(pk=key))


def _stage(row: StagePromise) -> staging.StagePromised:
    warning = row.warning_minutes
    return staging.StagePromised(
        key=row.pk,
        work=timedelta(minutes=row.work_minutes),
        line=row.line_id,
        process=row.process_id,
        stage=row.stage,
        calendar=row.calendar_id,
        warnings=() if warning is None else (timedelta(minutes=warning),),
        waits=row.waits,
    )


def _line(row: Line, currency: str) -> lines.Line:
    return lines.Line(
        key=row.pk,
        clause=row.clause,
        covers=row.covers,
        asset=row.asset_id,
        model=row.model_id,
        asset_class=row.asset_class_id,
        site=row.site_id,
        territory=row.territory_id,
        service=row.service_id,
        shares=lines.Shares(parts=row.parts, labour=row.labour, travel=row.travel),
        package=row.package_id,
        limit=None if row.limit is None else Money(row.limit, currency),
    )


def _balances(
    versions: Collection[Sequence[lines.Version]], on: date
) -> Mapping[int, Balance | None]:
    keys = {
        line.package
        for each in versions
        for version in each
        for line in version.lines
        if line.package is not None
    }
    if not keys:
        return {}
    return balances(list(Package.objects.filter(pk__in=keys).select_related("contract")), on=on)


def _stops(
    companies: Collection[int], at: datetime | None
) -> Mapping[int, Sequence[deciding.Stop]]:
    found: dict[int, list[deciding.Stop]] = {}
    standing = Q(lifted_at=None)
    if at is not None:
        standing = (standing | Q(lifted_at__gt=at)) & Q(set_at__lte=at)
    rows = Stop.objects.filter(standing, company__in=companies)
    for pk, company, contract, blocks in rows.values_list("pk", "company", "contract", "blocks"):
        stop = deciding.Stop(
            key=pk, contract=contract, blocks=frozenset(map(deciding.Blocked, blocks))
        )
        found.setdefault(company, []).append(stop)
    return found
