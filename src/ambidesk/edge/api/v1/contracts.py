"""Contracts: what was agreed with companies, what is left of packages, and what covers tickets."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import one, ticket_of
from ambidesk.edge.api.schemas import Instant, Key, Output, Page, Paging
from ambidesk.edge.api.v1.companies import OfCompany, of_company
from ambidesk.ground.kernel.days import day_of
from ambidesk.service.contracts.models import Contract, Line, Package, StagePromise, Version
from ambidesk.service.contracts.models.contract import ContractQuerySet
from ambidesk.service.contracts.packaging import balances
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.saying import sentence

NOUN = "Contracts"
SEE = ContractRight.SEE
CONTRACT = "contracts/{int:contract}"
BESIDE = ("contract", "package", "stop__contract", "by")


class ContractFilter(OfCompany):
    """Which contracts."""

    number: str = Field("", max_length=60)
    in_force: bool | None = Field(None, description="Today")


class ContractOut(Output):
    """What was agreed; a draft holds for nothing yet, an ended one for nothing any more."""

    id: int
    company_id: int
    legal_entity_id: int | None
    number: str
    title: str
    state: Literal["draft", "coming", "in_force", "ended"]
    currency: str
    fee: Decimal | None
    fee_every: str
    starts_on: date
    until_on: date | None
    renews_months: int
    notice_days: int
    termination: "TerminationOut | None"


class TerminationOut(Output):
    """That somebody gave notice."""

    noticed_on: date
    ends_on: date
    reason: str


class ClauseOut(Output):
    """
    One clause: what it is about, and which shares of parts, labour and travel it bears, per cent.

    What is null is not asked for: a line without a site is for all of them.
    """

    clause: str
    covers: bool
    asset_id: int | None
    model_id: int | None
    asset_class_id: int | None
    site_id: int | None
    territory_id: int | None
    service_id: int | None = Field(description="A request type")
    parts: int
    labour: int
    travel: int
    package_id: int | None
    limit: Decimal | None
    words: str


class StagePromiseOut(Output):
    """
    How long a stay in a stage may take, in minutes of working time.

    What is null is not asked for: without a stage it is for each one of the process, without a
    process for any; without a calendar it counts by that of the contract's promise.
    """

    clause: str
    work_minutes: int
    warning_minutes: int | None = Field(description="Warned of when so much is left")
    line_clause: str | None = Field(description="Only for lines of this clause")
    process_id: int | None
    stage: int | None
    calendar_id: int | None
    waits: bool = Field(description="Stands still while others are waited for")


class VersionOut(Output):
    """What a contract says for a time; a version in force never changes."""

    id: int
    number: int
    starts_on: date
    until_on: date | None
    outside: str = Field(description="What becomes of work that no line covers")
    activated_at: Instant | None
    lines: list[ClauseOut]
    stages: list[StagePromiseOut]


class PackageOut(Output):
    """Hours, visits, units or points that were agreed, and what is left in this period."""

    id: int
    name: str
    unit: str
    amount: Decimal
    every: str
    starts_on: date
    until_on: date | None
    period_starts_on: date | None
    period_until_on: date | None
    drawn: Decimal | None
    left: Decimal | None = Field(description="Null outside of its time")


class DecisionOut(Output):
    """What was decided about the coverage of a ticket, and why, in one sentence."""

    verdict: str
    words: str
    clause: str
    contract_id: int | None
    at: Instant


class CoverageOut(Output):
    """What holds for a ticket by the contracts of its company; null where nothing was decided."""

    verdict: str | None
    is_overruled: bool
    decisions: list[DecisionOut] = Field(description="The latest first")


@operation("GET", "contracts", right=SEE, name="listContracts", gives=Page[ContractOut])
def show_all(request: Call, asked: Query[ContractFilter]) -> dict[str, Any]:
    """List contracts"""
    rows, on = of_company(_contracts(request), asked), day_of(request.at)
    if asked.number:
        rows = rows.filter(number=asked.number)
    if asked.in_force is not None:
        holding = rows.in_force(on)
        rows = holding if asked.in_force else rows.exclude(pk__in=holding.values("pk"))
    return page_of(
        rows,
        of="contracts",
        after=asked.after,
        limit=asked.limit,
        show=lambda row: _contract(row, on),
    )


@operation("GET", CONTRACT, right=SEE, name="getContract", gives=ContractOut)
def show(request: Call, contract: Key) -> dict[str, Any]:
    """Read a contract"""
    return _contract(one(_contracts(request), contract), day_of(request.at))


@operation("GET", f"{CONTRACT}/versions", right=SEE, name="listVersions", gives=Page[VersionOut])
def show_versions(request: Call, contract: Key, asked: Query[Paging]) -> dict[str, Any]:
    """List what a contract says and said, with its lines"""
    row = one(_contracts(request), contract)
    rows = Version.objects.filter(contract=row).prefetch_related("lines", "stage_promises__line")
    of = f"versions:{contract}"
    return page_of(rows, of=of, after=asked.after, limit=min(asked.limit, 20), show=_version)


@operation("GET", f"{CONTRACT}/packages", right=SEE, name="listPackages", gives=Page[PackageOut])
def show_packages(request: Call, contract: Key, asked: Query[Paging]) -> dict[str, Any]:
    """List the packages of a contract, and what is left of them today"""
    row, on = one(_contracts(request), contract), day_of(request.at)
    rows = Package.objects.filter(contract=row).select_related("contract")
    of = f"packages:{contract}"
    page = page_of(rows, of=of, after=asked.after, limit=asked.limit, show=_itself)
    left = balances(page["items"], on=on)
    return {**page, "items": [_package(each, left[each.pk]) for each in page["items"]]}


@operation("GET", "tickets/{int:number}/coverage", right=SEE, name="getCoverage", gives=CoverageOut)
def show_coverage(request: Call, number: Key) -> dict[str, Any]:
    """Read whether a ticket is covered, by which clause, and who decided otherwise"""
    coverage = ticket_of(request.actor, number).coverage
    if coverage is None:
        return {"verdict": None, "is_overruled": False, "decisions": []}
    newest, *before = coverage.decisions.select_related(*BESIDE).order_by("-pk")[:100]
    said = [(newest, sentence(newest, left=coverage.left)), *((e, sentence(e)) for e in before)]
    return {
        "verdict": coverage.verdict,
        "is_overruled": coverage.is_overruled,
        "decisions": [
            {
                "verdict": each.verdict,
                "words": words,
                "clause": each.clause,
                "contract_id": each.contract_id,
                "at": each.at,
            }
            for each, words in said
        ],
    }


def _contracts(request: Call) -> ContractQuerySet:
    return Contract.objects.visible_to(request.actor).select_related("termination")


def _contract(row: Contract, on: date) -> dict[str, Any]:
    ended = getattr(row, "termination", None)
    known = {
        name: getattr(row, name)
        for name in ContractOut.model_fields
        if name not in {"state", "termination"}
    }
    said = {name: getattr(ended, name) for name in TerminationOut.model_fields} if ended else None
    return {**known, "state": _state(row, on), "termination": said}


def _state(row: Contract, on: date) -> str:
    if row.activated_at is None:
        return "draft"
    if row.is_in_force(on):
        return "in_force"
    return "coming" if on < row.starts_on else "ended"


def _version(row: Version) -> dict[str, Any]:
    parts = {
        "lines": [_line(each) for each in row.lines.all()],
        "stages": [_stage(each) for each in row.stage_promises.all()],
    }
    names = [name for name in VersionOut.model_fields if name not in parts]
    return {**{name: getattr(row, name) for name in names}, **parts}


def _line(row: Line) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ClauseOut.model_fields}


def _stage(row: StagePromise) -> dict[str, Any]:
    names = [name for name in StagePromiseOut.model_fields if name != "line_clause"]
    clause = row.line.clause if row.line else None
    return {**{name: getattr(row, name) for name in names}, "line_clause": clause}


def _itself(row: Package) -> Package:
    return row


def _package(row: Package, left: Any) -> dict[str, Any]:
    now = {"period_starts_on": "starts", "period_until_on": "until"}
    names = [name for name in PackageOut.model_fields if name not in {*now, "drawn", "left"}]
    return {
        **{name: getattr(row, name) for name in names},
        **{name: getattr(left, of, None) for name, of in now.items()},
        "drawn": getattr(left, "drawn", None),
        "left": getattr(left, "left", None),
    }
