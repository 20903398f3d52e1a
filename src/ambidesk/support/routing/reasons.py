"""Reasons: a match as it is kept beside a ticket, and read again into its frozen form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ambidesk.support.routing.rules.matching import Criterion, Match, No, Tie, Verdict, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """A match with what was known of the work."""

    match: Match
    risk: float
    is_key: bool


def written(work: Work, found: Match) -> dict[str, Any]:
    """Write reasons as JSON: ids, enums and numbers only."""
    return {
        "risk": round(work.risk, 3),
        "is_key": work.is_key,
        "chosen": found.chosen,
        "verdicts": [_written(each) for each in found.verdicts],
    }


def read(kept: Mapping[str, Any]) -> Reasons:
    """Read kept reasons."""
    verdicts = tuple(_verdict(each) for each in kept["verdicts"])
    return Reasons(
        match=Match(chosen=kept["chosen"], verdicts=verdicts),
        risk=kept["risk"],
        is_key=kept["is_key"],
    )


def _written(verdict: Verdict) -> dict[str, Any]:
    return {
        "member": verdict.member,
        "no": verdict.no.value if verdict.no else None,
        "until": verdict.until.isoformat() if verdict.until else None,
        "lacks": list(verdict.lacks),
        "tie": verdict.tie.value,
        "load": verdict.load,
        "capacity": verdict.capacity,
        "pressing": verdict.pressing,
        "points": {each.value: points for each, points in verdict.points.items()},
    }


def _verdict(kept: Mapping[str, Any]) -> Verdict:
    return Verdict(
        member=kept["member"],
        no=No(kept["no"]) if kept["no"] else None,
        until=datetime.fromisoformat(kept["until"]) if kept["until"] else None,
        lacks=tuple(kept["lacks"]),
        tie=Tie(kept["tie"]),
        load=kept["load"],
        capacity=kept["capacity"],
        pressing=kept["pressing"],
        points={Criterion(each): points for each, points in kept["points"].items()},
    )
