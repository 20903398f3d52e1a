"""
Levels: the warnings of one policy, and its breach, as what a rule can wait for.

A name such as `warned:7:2` is the second warning of the policy 7, `breached:7` its breach.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise, lazystr
from django.utils.translation import gettext as _

from ambidesk.service.sla.models import Policy
from ambidesk.service.sla.targets import read_targets

NAME = re.compile(r"warned:([1-9][0-9]{0,8}):([1-9][0-9]?)|breached:([1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a policy; without a number it is the breach."""

    policy: int
    number: int | None

    @property
    def name(self) -> str:
        """The name that stands in a rule."""
        if self.number is None:
            return f"breached:{self.policy}"
        return f"warned:{self.policy}:{self.number}"

    @property
    def label(self) -> Promise:
        """What a rule that waits for it says, in the language of the reader."""
        return lazystr(_Words(self))

    def is_reached_by(self, data: Mapping[str, Any]) -> bool:
        """Tell whether an entry of a warning or a breach is of this level."""
        if data.get("policy_id") != self.policy:
            return False
        if self.number is None:
            return bool(data["breached"])
        return not data["breached"] and data["level"] == self.number


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a level, asked for when somebody reads them."""

    level: Level

    def __str__(self) -> str:
        name = Policy.objects.filter(pk=self.level.policy).values_list("name", flat=True).first()
        told = {"name": name or "…", "number": self.level.number}
        if self.level.number is None:
            return _("a promise by “%(name)s” breaks") % told
        return _("warning %(number)s of “%(name)s” is reached") % told


def level_of(name: str) -> Level | None:
    """Read the name of a level; None where it is none."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    policy, number, broken = found.groups()
    return Level(policy=int(policy or broken), number=int(number) if number else None)


def levels_of(policy: Policy) -> tuple[Level, ...]:
    """Give the levels that a policy has now, its breach last."""
    most = max((len(each.levels) for each in read_targets(policy.current.targets)), default=0)
    warnings = [Level(policy=policy.pk, number=number) for number in range(1, most + 1)]
    return (*warnings, Level(policy=policy.pk, number=None))
