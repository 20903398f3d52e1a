"""Filling: the rows of a draft, made of what a person said."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from ambidesk.service.contracts.models import (
    Line,
    PenaltyRule,
    Price,
    Promised,
    StagePromise,
    Version,
)
from ambidesk.service.contracts.said import (
    SCOPE,
    LineSaid,
    PenaltySaid,
    PriceSaid,
    StageSaid,
    VersionSaid,
)

SAID = ("clause", "covers", *SCOPE, "words", "scope")
GIVEN = ("parts", "labour", "travel", "package", "limit")
PRICE = (
    "clause",
    "basis",
    "price",
    "service",
    "step",
    "least",
    "minimum",
    "night",
    "weekend",
    "holiday",
)
PENALTY = ("clause", "goal", "stages", "rate", "value", "cap", "grace_minutes")
STAGE = ("clause", "process", "stage", "calendar", "waits")
MINUTE = timedelta(minutes=1)
PROMISE = ("clause", "policy", "calendar", "service", "priority", "asset_class")


def fill(version: Version, said: VersionSaid) -> None:
    """Write the lines, promises, stages, prices and penalties of a draft."""
    lines = Line.objects.bulk_create(
        [_line(version, each, place=place) for place, each in enumerate(said.lines, start=1)]
    )
    own = [
        Promised(version=version, line=line, **_named(each, ("clause", "policy", "calendar")))
        for line, each in zip(lines, said.lines, strict=True)
        if each.policy is not None
    ]
    others = [Promised(version=version, **_named(each, PROMISE)) for each in said.promises]
    Promised.objects.bulk_create([*own, *others])
    StagePromise.objects.bulk_create(
        row for each in said.stages for row in _stages(version, each, lines=lines)
    )
    Price.objects.bulk_create([_price(version, each) for each in said.prices])
    PenaltyRule.objects.bulk_create([_penalty(version, each) for each in said.penalties])


def _line(version: Version, said: LineSaid, *, place: int) -> Line:
    given = said if said.covers else LineSaid(clause=said.clause, parts=0, labour=0, travel=0)
    return Line(
        version=version,
        company_id=version.contract.company_id,
        place=place,
        **_named(said, SAID),
        **_named(given, GIVEN),
    )


def _stages(version: Version, said: StageSaid, *, lines: Sequence[Line]) -> Iterator[StagePromise]:
    own: list[Line | None] = [line for line in lines if said.line and line.clause == said.line]
    for line in own or [None]:
        yield StagePromise(
            version=version,
            line=line,
            work_minutes=said.work // MINUTE,
            warning_minutes=None if said.warning is None else said.warning // MINUTE,
            **_named(said, STAGE),
        )


def _price(version: Version, said: PriceSaid) -> Price:
    hours = said.hours
    return Price(
        version=version,
        night_starts=hours.starts,
        night_until=hours.until,
        **_named(said, PRICE),
    )


def _penalty(version: Version, said: PenaltySaid) -> PenaltyRule:
    return PenaltyRule(version=version, excuses=list(said.excuses), **_named(said, PENALTY))


def _named(said: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(said, name) for name in names}
