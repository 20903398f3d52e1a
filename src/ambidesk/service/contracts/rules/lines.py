"""
Lines of a contract's version: where each one holds, and how much of the work is covered.

A line without any scope holds everywhere; the most specific one that holds decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ambidesk.ground.kernel.money import Money

ALL = 100
Rank = tuple[tuple[int, int], tuple[int, int], bool]


class Outside(StrEnum):
    """What becomes of work that the contract does not cover."""

    CHARGEABLE = "chargeable"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Per cent of parts, labour and travel that are covered."""

    parts: int = ALL
    labour: int = ALL
    travel: int = ALL

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to pay."""
        return self.parts == self.labour == self.travel == ALL

    @property
    def is_none(self) -> bool:
        """Whether all is left to pay."""
        return not (self.parts or self.labour or self.travel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warranty:
    """A warranty of an asset; its last day counts."""

    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """
    What a request is about.

    `classes` are the asset's class and those above it, `territories` the site's territory and
    those above it, nearest first.
    """

    on: date
    asset: int | None = None
    model: int | None = None
    classes: tuple[int, ...] = ()
    site: int | None = None
    territories: tuple[int, ...] = ()
    service: int | None = None
    channel: str = ""
    warranty: Warranty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line; `service` is the kind of request, `limit` what one request may cost at most."""

    key: int
    clause: str
    covers: bool = True
    asset: int | None = None
    model: int | None = None
    asset_class: int | None = None
    site: int | None = None
    territory: int | None = None
    service: int | None = None
    shares: Shares = Shares()
    package: int | None = None
    limit: Money | None = None

    def rank(self, facts: Facts) -> Rank | None:
        """Say how specific the line is for these facts; None where it does not hold."""
        thing, place = self._thing(facts), self._place(facts)
        wrong_service = self.service is not None and self.service != facts.service
        if thing is None or place is None or wrong_service:
            return None
        return thing, place, self.service is not None

    def _thing(self, facts: Facts) -> tuple[int, int] | None:
        # All that is named must be so; the narrowest of it says how specific the line is.
        if self.asset not in {None, facts.asset} or self.model not in {None, facts.model}:
            return None
        if self.asset_class is not None and self.asset_class not in facts.classes:
            return None
        if self.asset is not None:
            return 3, 0
        if self.model is not None:
            return 2, 0
        if self.asset_class is not None:
            return 1, -facts.classes.index(self.asset_class)
        return 0, 0

    def _place(self, facts: Facts) -> tuple[int, int] | None:
        if self.site not in {None, facts.site}:
            return None
        if self.territory is not None and self.territory not in facts.territories:
            return None
        if self.site is not None:
            return 1, 0
        if self.territory is not None:
            return 0, len(facts.territories) - facts.territories.index(self.territory)
        return 0, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What one contract says at a time; no `channels` are all of them."""

    contract: int
    version: int
    lines: Sequence[Line]
    outside: Outside = Outside.CHARGEABLE
    channels: frozenset[str] = frozenset()

    def takes(self, channel: str) -> bool:
        """Tell whether requests may come this way."""
        return not self.channels or not channel or channel in self.channels
