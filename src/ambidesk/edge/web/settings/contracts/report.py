"""What hangs on a contract: its lines in force, what is left of packages, stops, versions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _

from ambidesk.edge.web.settings.contracts.summing import PeriodView, periods_of
from ambidesk.service.contracts.models import (
    BlockedKind,
    Contract,
    Line,
    PackageEvery,
    PackageUnit,
    Stop,
    Termination,
    Version,
)
from ambidesk.service.contracts.owing import overdue
from ambidesk.service.contracts.packaging import balances
from ambidesk.service.contracts.rules.lines import ALL
from ambidesk.service.contracts.said import SCOPE
from ambidesk.service.contracts.saying import NARROW, amount_words, quantity_words

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line in words."""

    clause: str
    scope: str
    covers: bool
    terms: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageView:
    """How a package stands: `percent` is what is left of what there was."""

    name: str
    words: str
    percent: int
    is_agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A version and when it holds; `last_on` is its last day."""

    number: int
    starts_on: date
    last_on: date | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All of it; `template` shows it above the contract's form."""

    template: ClassVar[str] = "contracts/report.html"

    contract: Contract
    lines: tuple[LineView, ...]
    packages: tuple[PackageView, ...]
    stops: tuple[Stop, ...]
    versions: tuple[VersionView, ...]
    has_draft: bool
    termination: Termination | None
    owed: str
    can_renew: bool
    can_end: bool
    units: tuple[tuple[str, str], ...]
    periods: tuple[tuple[str, str], ...]
    blocks: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    penalties: tuple[PeriodView, ...]


def report_of(contract: Contract, *, on: date) -> Report:
    """Read what hangs on a contract on a day."""
    versions = list(contract.versions.order_by("-number"))
    holding = next((each for each in versions if _holds(each, on)), None)
    draft = next((each for each in versions if each.activated_at is None), None)
    termination = Termination.objects.filter(contract=contract).first()
    owed = overdue([contract.company_id], on=on).get(contract.company_id, ())
    is_active = contract.activated_at is not None and termination is None
    return Report(
        contract=contract,
        lines=tuple(_lines(holding or draft, contract.currency)),
        packages=tuple(_packages(contract, on)),
        stops=tuple(contract.company.stops.filter(lifted_at=None).select_related("contract")),
        versions=tuple(_version(each, on) for each in versions),
        has_draft=draft is not None,
        termination=termination,
        owed=" + ".join(amount_words(each.amount, each.currency) for each in owed),
        can_renew=is_active and contract.until_on is not None,
        can_end=is_active,
        units=tuple((each.value, str(each.label)) for each in PackageUnit),
        periods=tuple((each.value, str(each.label)) for each in PackageEvery),
        blocks=tuple((each.value, str(each.label)) for each in BlockedKind),
        reasons=tuple((each.value, str(each.label)) for each in Termination.Reason),
        penalties=periods_of(contract),
    )


def _holds(version: Version, on: date) -> bool:
    begun = version.activated_at is not None and version.starts_on <= on
    return begun and (version.until_on is None or on < version.until_on)


def _lines(version: Version | None, currency: str) -> Iterator[LineView]:
    if version is None:
        return
    for line in version.lines.select_related(*SCOPE, "package"):
        scope = " · ".join(str(getattr(line, name)) for name in SCOPE if getattr(line, name))
        yield LineView(
            clause=line.clause,
            scope=scope or _("Everything"),
            covers=line.covers,
            terms=", ".join(_terms(line, currency)),
            words=line.words,
        )


def _terms(line: Line, currency: str) -> Iterator[str]:
    if not line.covers:
        yield _("excluded")
        return
    shares = ((_("parts"), line.parts), (_("labour"), line.labour), (_("travel"), line.travel))
    if all(share == ALL for _name, share in shares):
        yield _("covered in full")
    else:
        yield from (f"{name} {share}{NARROW}%" for name, share in shares)
    if line.package:
        yield _("from “%(package)s”") % {"package": line.package.name}
    if line.limit is not None:
        limit = amount_words(line.limit, currency)
        yield _("up to %(limit)s a request") % {"limit": limit}


def _packages(contract: Contract, on: date) -> Iterator[PackageView]:
    rows = list(contract.packages.select_related("contract"))
    for key, balance in balances(rows, on=on).items():
        row = next(each for each in rows if each.pk == key)
        whole = balance.granted + balance.carried if balance else row.amount
        left = balance.left if balance else Decimal(0)
        facts = {
            "left": quantity_words(left, row.unit),
            "whole": quantity_words(whole, row.unit),
            "every": str(PackageEvery(row.every).label).lower(),
        }
        yield PackageView(
            name=row.name,
            words=_("%(left)s left of %(whole)s, %(every)s") % facts,
            percent=max(0, min(ALL, int(left * ALL / whole))) if whole > 0 else 0,
            is_agreed=row.agreed_at is not None,
        )


def _version(version: Version, on: date) -> VersionView:
    state = _("In force") if _holds(version, on) else ""
    return VersionView(
        number=version.number,
        starts_on=version.starts_on,
        last_on=version.until_on - DAY if version.until_on else None,
        state=_("Draft") if version.activated_at is None else state,
    )
