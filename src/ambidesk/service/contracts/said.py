"""
Said: what a person writes into a contract and into a draft of its version, before it is stored.

Verbs take these; reading a version gives them back, so that a draft begins as a copy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from ambidesk.parties.companies.models import LegalEntity, Site, Territory
from ambidesk.service.assets.models import Asset, AssetClass, AssetModel
from ambidesk.service.catalogue.models import RequestType
from ambidesk.service.contracts.models import (
    BasisKind,
    FeeEvery,
    OutsideKind,
    Package,
    RateKind,
    Version,
)
from ambidesk.service.contracts.rules.deciding import Blocked
from ambidesk.service.contracts.rules.lines import ALL
from ambidesk.service.contracts.rules.stretches import Night
from ambidesk.service.sla.models import Policy, ServiceCalendar
from ambidesk.service.workflow.models import Process

SCOPE = ("asset", "model", "asset_class", "site", "territory", "service")
ONE = Decimal(1)
NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What holds for a contract whatever its versions say."""

    number: str
    title: str = ""
    legal_entity: LegalEntity | None = None
    currency: str = "RUB"
    fee: Decimal | None = None
    fee_every: str = FeeEvery.MONTH.value
    starts_on: date
    until_on: date | None = None
    renews_months: int = 0
    notice_days: int = 30
    warn_days: Sequence[int] = (60, 30, 7)
    stop_days: int | None = None
    stop_amount: Decimal | None = None
    stop_blocks: Sequence[str] = (Blocked.CONTRACT.value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSaid:
    """One line, and what is promised for it."""

    clause: str
    covers: bool = True
    asset: Asset | None = None
    model: AssetModel | None = None
    asset_class: AssetClass | None = None
    site: Site | None = None
    territory: Territory | None = None
    service: RequestType | None = None
    parts: int = ALL
    labour: int = ALL
    travel: int = ALL
    package: Package | None = None
    limit: Decimal | None = None
    words: str = ""
    policy: Policy | None = None
    calendar: ServiceCalendar | None = None

    @property
    def scope(self) -> str:
        """What the line is about, as one word; two lines of one scope contradict each other."""
        named = ((name, getattr(self, name)) for name in SCOPE)
        return " ".join(f"{name}:{row.pk}" for name, row in named if row is not None) or "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSaid:
    """One promise of a version, for a kind of request or a priority, or for all."""

    clause: str
    policy: Policy
    calendar: ServiceCalendar | None = None
    service: RequestType | None = None
    priority: int | None = None
    asset_class: AssetClass | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSaid:
    """How long a stage may take; `line` is the clause of lines of the version, empty is all."""

    clause: str
    work: timedelta
    line: str = ""
    process: Process | None = None
    stage: int | None = None
    calendar: ServiceCalendar | None = None
    warning: timedelta | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSaid:
    """One price rule."""

    clause: str
    basis: str = BasisKind.HOUR.value
    price: Decimal
    service: RequestType | None = None
    step: Decimal = NONE
    least: Decimal = NONE
    minimum: Decimal | None = None
    night: Decimal = ONE
    weekend: Decimal = ONE
    holiday: Decimal = ONE
    hours: Night = field(default_factory=Night)


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltySaid:
    """One penalty; `stages` is the clause of promised stages that it is for, empty is all."""

    clause: str
    goal: str
    stages: str = ""
    rate: str = RateKind.FEE_HOUR.value
    value: Decimal
    cap: Decimal | None = None
    grace_minutes: int = 0
    excuses: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSaid:
    """A whole version."""

    starts_on: date
    outside: str = OutsideKind.CHARGEABLE.value
    channels: Sequence[str] = ()
    lines: Sequence[LineSaid] = ()
    promises: Sequence[PromiseSaid] = ()
    stages: Sequence[StageSaid] = ()
    prices: Sequence[PriceSaid] = ()
    penalties: Sequence[PenaltySaid] = ()


def said_of(version: Version, *, starts_on: date) -> VersionSaid:
    """Say again what a version says, from another day on."""
    promised = version.promises.filter(line__isnull=False).select_related("policy", "calendar")
    of_lines = {each.line_id: each for each in promised}
    lines = []
    for line in version.lines.select_related(*SCOPE, "package"):
        own = of_lines.get(line.pk)
        lines.append(
            LineSaid(
                clause=line.clause,
                covers=line.covers,
                **{name: getattr(line, name) for name in SCOPE},
                parts=line.parts,
                labour=line.labour,
                travel=line.travel,
                package=line.package,
                limit=line.limit,
                words=line.words,
                policy=own.policy if own else None,
                calendar=own.calendar if own else None,
            )
        )
    return VersionSaid(
        starts_on=starts_on,
        outside=version.outside,
        channels=version.channels,
        lines=lines,
        promises=_promises(version),
        stages=_stages(version),
        prices=_prices(version),
        penalties=_penalties(version),
    )


def _promises(version: Version) -> list[PromiseSaid]:
    return [
        PromiseSaid(
            clause=each.clause,
            policy=each.policy,
            calendar=each.calendar,
            service=each.service,
            priority=each.priority,
            asset_class=each.asset_class,
        )
        for each in version.promises.select_related("policy", "calendar", "service", "asset_class")
        if each.line_id is None
    ]


def _stages(version: Version) -> list[StageSaid]:
    rows = version.stage_promises.select_related("line", "process", "calendar")
    # One for each line of its clause, said once.
    said = dict.fromkeys(
        StageSaid(
            clause=each.clause,
            work=timedelta(minutes=each.work_minutes),
            line=each.line.clause if each.line else "",
            process=each.process,
            stage=each.stage,
            calendar=each.calendar,
            warning=(
                None if each.warning_minutes is None else timedelta(minutes=each.warning_minutes)
            ),
            waits=each.waits,
        )
        for each in rows
    )
    return list(said)


def _prices(version: Version) -> list[PriceSaid]:
    return [
        PriceSaid(
            clause=each.clause,
            basis=each.basis,
            price=each.price,
            service=each.service,
            step=each.step,
            least=each.least,
            minimum=each.minimum,
            night=each.night,
            weekend=each.weekend,
            holiday=each.holiday,
            hours=Night(starts=each.night_starts, until=each.night_until),
        )
        for each in version.prices.select_related("service")
    ]


def _penalties(version: Version) -> list[PenaltySaid]:
    return [
        PenaltySaid(
            clause=each.clause,
            goal=each.goal,
            stages=each.stages,
            rate=each.rate,
            value=each.value,
            cap=each.cap,
            grace_minutes=each.grace_minutes,
            excuses=each.excuses,
        )
        for each in version.penalties.all()
    ]
