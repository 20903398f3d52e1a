"""
Reading: what is in force for companies on a day, as the arithmetic wants it.

An active version never changes, so each is read once a process.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.preparing import prepared
from ambidesk.service.contracts.models import Promised, StagePromise, Version
from ambidesk.service.contracts.packaging import balances_of
from ambidesk.service.contracts.rules import deciding, lines, promising, staging
from ambidesk.service.contracts.rules.packages import Balance

NONE = Decimal(0)
# Asked at every decision, for one company or many: Django would write them longer than they run.
HOLDING = """
    SELECT contract.company_id, version.id, version.activated_at
      FROM contracts_version version
      JOIN contracts_contract contract ON contract.id = version.contract_id
     WHERE contract.company_id = ANY(%(companies)s::bigint[])
       AND version.activated_at IS NOT NULL AND version.starts_on <= %(on)s
       AND (version.until_on IS NULL OR version.until_on > %(on)s)
     ORDER BY contract.company_id, contract.number, version.number DESC
"""
STANDING = """
    SELECT company_id, id, contract_id, blocks
      FROM contracts_stop
     WHERE company_id = ANY(%(companies)s::bigint[])
       AND (lifted_at IS NULL OR lifted_at > %(at)s::timestamptz)
       AND (%(at)s::timestamptz IS NULL OR set_at <= %(at)s::timestamptz)
"""
SAID = ("contract_id", "contract__currency", "outside", "channels")
# What a line says, as `_line` takes it.
LINED = (
    "pk",
    "clause",
    "covers",
    "asset_id",
    "model_id",
    "asset_class_id",
    "site_id",
    "territory_id",
    "service_id",
    "parts",
    "labour",
    "travel",
    "package_id",
    "limit",
)


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
    with connection.cursor() as cursor:
        cursor.execute(HOLDING, {"companies": list(versions), "on": on})
        for company, pk, since in cursor.fetchall():
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
    rows = prepared("contracts.frozen", _written, version=version)
    contract, currency, outside, channels = rows[0][: len(SAID)]
    return lines.Version(
        contract=contract,
        version=version,
        lines=tuple(_line(row[len(SAID) :], currency) for row in rows if row[len(SAID)]),
        outside=lines.Outside(outside),
        channels=frozenset(channels),
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


def _written(slots: Mapping[str, Any]) -> QuerySet[Version, Any]:
    """Ask for a version and its lines at once: a row a line, one without it where none is."""
    columns = (*SAID, *(f"lines__{each}" for each in LINED))
    rows = Version.objects.filter(pk=slots["version"])
    return rows.order_by("lines__place").values_list(*columns)


def _line(row: Sequence[Any], currency: str) -> lines.Line:
    said = dict(zip(LINED, row, strict=True))
    limit = said["limit"]
    return lines.Line(
        key=said["pk"],
        clause=said["clause"],
        covers=said["covers"],
        asset=said["asset_id"],
        model=said["model_id"],
        asset_class=said["asset_class_id"],
        site=said["site_id"],
        territory=said["territory_id"],
        service=said["service_id"],
        shares=lines.Shares(parts=said["parts"], labour=said["labour"], travel=said["travel"]),
        package=said["package_id"],
        limit=None if limit is None else Money(limit, currency),
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
    return balances_of(keys, on=on) if keys else {}


def _stops(
    companies: Collection[int], at: datetime | None
) -> Mapping[int, Sequence[deciding.Stop]]:
    found: dict[int, list[deciding.Stop]] = {}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"companies": list(companies), "at": at})
        rows = cursor.fetchall()
    for company, pk, contract, blocks in rows:
        stop = deciding.Stop(
            key=pk, contract=contract, blocks=frozenset(map(deciding.Blocked, blocks))
        )
        found.setdefault(company, []).append(stop)
    return found
