"""Taking in: a file of clients, equipment, repairs or debts is read, compared, loaded if asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from ambidesk.across.importing.clients.assets import load_assets, plan_assets
from ambidesk.across.importing.clients.cells import Problem, read_rows
from ambidesk.across.importing.clients.companies import load_companies, plan_companies
from ambidesk.across.importing.clients.contacts import load_contacts, plan_contacts
from ambidesk.across.importing.clients.manner import USUAL, Manner
from ambidesk.across.importing.clients.own import fields_of
from ambidesk.across.importing.clients.plan import Plan
from ambidesk.across.importing.clients.receivables import (
    load_receivables,
    plan_receivables,
    turns_of,
)
from ambidesk.across.importing.clients.repairs import load_repairs, plan_repairs
from ambidesk.across.importing.clients.sheets import Sheet
from ambidesk.across.importing.clients.sites import load_sites, plan_sites
from ambidesk.across.importing.loading import Progress, alone
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contracts.stopping import Turn

Load = Callable[..., None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    What a file holds, and what was or would be done with it; problems by line.

    `turns` are the stops of contracts that debts set or lift.
    """

    sheet: Sheet
    dry_run: bool
    rows: int
    new: int
    changed: int
    unchanged: int
    held: int
    problems: tuple[Problem, ...]
    turns: tuple[Turn, ...] = ()


def take_in(
    content: BinaryIO,
    sheet: Sheet,
    *,
    dry_run: bool,
    is_whole: bool = False,
    manner: Manner = USUAL,
    by: Actor,
    at: datetime,
    progress: Progress = lambda _done, _whole: None,
) -> Report:
    """
    Read a file and, unless it is a dry run, write its good rows; the bad ones stay out.

    `is_whole` says of debts that all of each company's are there: what is missing was paid.
    `manner` says under which headings and words the file has what it says.

    Raises:
        NoTable, TooLarge, UnknownColumns, FieldIsAnother: the file cannot be taken.
        ImportRunning: another one is at work.
    """
    if dry_run:
        plan, _load = _planned(content, sheet, is_whole=is_whole, manner=manner, at=at)
        turns = _turns(plan, sheet, at=at)
    else:
        with alone("clients"):
            plan, load = _planned(content, sheet, is_whole=is_whole, manner=manner, at=at)
            turns = _turns(plan, sheet, at=at)
            load(by=by, at=at, progress=progress)
    return Report(
        sheet=sheet,
        dry_run=dry_run,
        rows=plan.rows,
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        held=plan.held,
        problems=tuple(sorted(plan.problems, key=lambda each: each.line)),
        turns=tuple(turns),
    )


def _turns(plan: Plan[Any, Any], sheet: Sheet, *, at: datetime) -> Sequence[Turn]:
    return turns_of(plan, at=at) if sheet is Sheet.RECEIVABLES else ()


def _planned(
    content: BinaryIO, sheet: Sheet, *, is_whole: bool, manner: Manner, at: datetime
) -> tuple[Plan[Any, Any], Load]:
    own = fields_of(sheet)
    rows = read_rows(content, sheet, own=own.specs, named=manner.columns)
    match sheet:
        case Sheet.COMPANIES:
            companies = plan_companies(rows, own)
            return companies, partial(load_companies, companies)
        case Sheet.SITES:
            sites = plan_sites(rows, own)
            return sites, partial(load_sites, sites)
        case Sheet.CONTACTS:
            contacts = plan_contacts(rows, own, today=day_of(at))
            return contacts, partial(load_contacts, contacts)
        case Sheet.ASSETS:
            assets = plan_assets(rows, own)
            return assets, partial(load_assets, assets)
        case Sheet.RECEIVABLES:
            debts = plan_receivables(rows, is_whole=is_whole)
            return debts, partial(load_receivables, debts)
        case Sheet.REPAIRS:
            repairs = plan_repairs(rows, manner=manner, at=at)
            return repairs, partial(load_repairs, repairs)
