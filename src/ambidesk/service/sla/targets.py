"""
Targets as JSON: [{"goal": "resolution", "work": "PT8H", "pauses": [...], "warnings": ["PT1H"]}]
with "percents": [25] where warnings are shares of the work that is left.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.calendars.durations import read_duration, written_duration
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.service.sla.rules.facts import NEVER_COUNTED, Goal, Stage, Target

PAUSES = frozenset(Stage) - NEVER_COUNTED - {Stage.OURS}


class NoTargets(InvalidInput):
    """Nothing would be promised."""

    sentence = _("Promise at least one time.")


class WarnsTooEarly(InvalidInput):
    """A warning comes before there is anything to warn of."""

    sentence = _("A warning must leave less time than the whole promise.")


class TakesNoTime(InvalidInput):
    """A promise of no time is broken when it is made."""

    sentence = _("A promise takes at least a minute.")


def require_targets(targets: Sequence[Target]) -> None:
    """
    Refuse targets that make no sense.

    Raises:
        NoTargets, TakesNoTime, WarnsTooEarly: there is none, or one cannot be kept or warned of.
    """
    if not targets:
        raise NoTargets
    for target in targets:
        if target.work.total_seconds() < 60:
            raise TakesNoTime(field=target.goal.value)
        if any(not timedelta() < left < target.work for left in target.levels):
            raise WarnsTooEarly(field="warnings")


def with_room(warnings: Sequence[timedelta], work: timedelta) -> tuple[timedelta, ...]:
    """Leave out the warnings that a short target has no room for."""
    return tuple(left for left in warnings if left < work)


def read_targets(given: list[dict[str, Any]]) -> tuple[Target, ...]:
    """Read targets as they were written."""
    return tuple(
        Target(
            goal=Goal(each["goal"]),
            work=read_duration(each["work"]),
            pauses=frozenset(map(Stage, each["pauses"])),
            warnings=tuple(map(read_duration, each["warnings"])),
            percents=tuple(each.get("percents", ())),
        )
        for each in given
    )


def written_targets(targets: Sequence[Target]) -> list[dict[str, Any]]:
    """Write targets as JSON; warnings with most time left come first."""
    return [_written(target) for target in targets]


def _written(target: Target) -> dict[str, Any]:
    said = {
        "goal": target.goal.value,
        "work": written_duration(target.work),
        "pauses": sorted(stage.value for stage in target.pauses),
        "warnings": [written_duration(left) for left in sorted(target.warnings, reverse=True)],
    }
    shares = sorted(target.percents, reverse=True)
    # Without shares it is written as ever: what was not changed makes no version.
    return said | {"percents": shares} if shares else said
