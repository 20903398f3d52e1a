"""
Deciding: whether a request is covered, by which clause, and what is left to pay.

Pure and deterministic: the order of contracts and lines does not matter. A warranty goes before
a contract, and a stop before both; neither an exclusion nor a stop ever gives more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from ambidesk.ground.kernel.money import Money
from ambidesk.service.contracts.rules.lines import Facts, Line, Outside, Rank, Shares, Version

NOTHING = Shares(parts=0, labour=0, travel=0)


class Verdict(StrEnum):
    """What a request is."""

    COVERED = "covered"
    WARRANTY = "warranty"
    UNTIL_LIMIT = "until_limit"
    PARTLY = "partly"
    CHARGEABLE = "chargeable"
    REFUSED = "refused"


# The more is given the higher; equal where nothing is left to pay.
GIVES = {
    Verdict.COVERED: 4,
    Verdict.WARRANTY: 4,
    Verdict.UNTIL_LIMIT: 3,
    Verdict.PARTLY: 2,
    Verdict.CHARGEABLE: 1,
    Verdict.REFUSED: 0,
}


class Reason(StrEnum):
    """What decided."""

    LINE = "line"
    WARRANTY = "warranty"
    NO_CONTRACT = "no_contract"
    NO_LINE = "no_line"
    EXCLUDED = "excluded"
    CHANNEL = "channel"
    USED_UP = "used_up"
    STOPPED = "stopped"
    OVERRULED = "overruled"


class Blocked(StrEnum):
    """What a stop can block."""

    CONTRACT = "contract"
    WARRANTY = "warranty"
    CHARGEABLE = "chargeable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stop of a company, or of one of its contracts."""

    key: int
    blocks: frozenset[Blocked]
    contract: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How matters stand: what may still be drawn from each package, and the stops."""

    available: Mapping[int, Decimal] = field(default_factory=dict)
    stops: Sequence[Stop] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A verdict with what decided; `left` is what may still be drawn from the package."""

    verdict: Verdict
    reason: Reason
    clause: str = ""
    contract: int | None = None
    version: int | None = None
    line: int | None = None
    shares: Shares = NOTHING
    package: int | None = None
    left: Decimal | None = None
    limit: Money | None = None
    stop: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A line that holds for the facts; `gives` is false for exclusions and wrong ways in."""

    version: Version
    line: Line
    rank: Rank
    gives: bool

    @property
    def order(self) -> tuple[Rank, bool, tuple[int, ...]]:
        """The most specific is the highest; of equals the one that gives less, then the first."""
        return self.rank, not self.gives, (-self.version.contract, -self.line.key)


def decide(versions: Sequence[Version], facts: Facts, *, standing: Standing) -> Decision:
    """Decide by the versions that are in force for the company of the request."""
    if facts.warranty and facts.on <= facts.warranty.until:
        whole = Shares()
        found = Decision(verdict=Verdict.WARRANTY, reason=Reason.WARRANTY, shares=whole)
    else:
        found = _by_contract(versions, facts, standing)
    return _stopped(found, standing.stops)


def _by_contract(versions: Sequence[Version], facts: Facts, standing: Standing) -> Decision:
    if not versions:
        return Decision(verdict=Verdict.CHARGEABLE, reason=Reason.NO_CONTRACT)
    held = list(_held(versions, facts))
    if not held:
        return _by_no_line(versions)
    first = max(held, key=lambda each: each.order)
    if first.gives:
        return _given(first, standing)
    withheld = [each for each in held if not each.gives]
    refusing = [each for each in withheld if each.version.outside is Outside.REFUSED]
    first = max(refusing or withheld, key=lambda each: each.order)
    return _of(
        first,
        verdict=Verdict(first.version.outside.value),
        reason=Reason.CHANNEL if first.line.covers else Reason.EXCLUDED,
    )


def _held(versions: Sequence[Version], facts: Facts) -> Iterator[_Held]:
    for version in versions:
        takes = version.takes(facts.channel)
        for line in version.lines:
            rank = line.rank(facts)
            if rank is not None:
                gives = takes and line.covers and not line.shares.is_none
                yield _Held(version=version, line=line, rank=rank, gives=gives)


def _by_no_line(versions: Sequence[Version]) -> Decision:
    kindest = min(versions, key=lambda each: (each.outside is Outside.REFUSED, each.contract))
    return Decision(
        verdict=Verdict(kindest.outside.value),
        reason=Reason.NO_LINE,
        contract=kindest.contract,
        version=kindest.version,
    )


def _given(held: _Held, standing: Standing) -> Decision:
    line = held.line
    left = None if line.package is None else standing.available.get(line.package, Decimal(0))
    if left is not None and left <= 0:
        return _of(held, verdict=Verdict.CHARGEABLE, reason=Reason.USED_UP, left=Decimal(0))
    is_limited = left is not None or line.limit is not None
    verdict = Verdict.UNTIL_LIMIT if is_limited else Verdict.COVERED
    found = _of(held, verdict=verdict, reason=Reason.LINE, left=left)
    if not line.shares.is_whole:
        found = replace(found, verdict=Verdict.PARTLY)
    return replace(found, shares=line.shares, limit=line.limit)


def _of(held: _Held, *, verdict: Verdict, reason: Reason, left: Decimal | None = None) -> Decision:
    return Decision(
        verdict=verdict,
        reason=reason,
        clause=held.line.clause,
        contract=held.version.contract,
        version=held.version.version,
        line=held.line.key,
        package=held.line.package,
        left=left,
    )


def _stopped(found: Decision, stops: Sequence[Stop]) -> Decision:
    at_work = sorted(
        (each for each in stops if each.contract in {None, found.contract}),
        key=lambda each: each.key,
    )
    blocked = {kind: each.key for each in reversed(at_work) for kind in each.blocks}
    match found.verdict:
        case Verdict.REFUSED:
            return found
        case Verdict.CHARGEABLE:
            kind = Blocked.CHARGEABLE
        case Verdict.WARRANTY:
            kind = Blocked.WARRANTY
        case _:
            kind = Blocked.CONTRACT
    if kind not in blocked:
        return found
    # What is stopped can still be paid for, unless that is stopped too.
    is_refused = Blocked.CHARGEABLE in blocked
    return replace(
        found,
        verdict=Verdict.REFUSED if is_refused else Verdict.CHARGEABLE,
        reason=Reason.STOPPED,
        shares=NOTHING,
        left=None,
        limit=None,
        stop=blocked[Blocked.CHARGEABLE if is_refused else kind],
    )
