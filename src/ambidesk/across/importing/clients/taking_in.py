"""Taking in: a file of clients or equipment is read, compared and, where asked, loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from ambidesk.across.importing.clients.assets import load_assets, plan_assets
from ambidesk.across.importing.clients.cells import Problem, read_rows
from ambidesk.across.importing.clients.companies import load_companies, plan_companies
from ambidesk.across.importing.clients.contacts import load_contacts, plan_contacts
from ambidesk.across.importing.clients.plan import Plan
from ambidesk.across.importing.clients.sheets import Sheet
from ambidesk.across.importing.clients.sites import load_sites, plan_sites
from ambidesk.across.importing.loading import Progress, alone
from ambidesk.ground.reach.actor import Actor

Load = Callable[..., None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a file holds, and what was or would be done with it; problems by line."""

    sheet: Sheet
    dry_run: bool
    rows: int
    new: int
    changed: int
    unchanged: int
    held: int
    problems: tuple[Problem, ...]


def take_in(
    content: BinaryIO,
    sheet: Sheet,
    *,
    dry_run: bool,
    by: Actor,
    at: datetime,
    progress: Progress = lambda _done, _whole: None,
) -> Report:
    """
    Read a file and, unless it is a dry run, write its good rows; the bad ones stay out.

    Raises:
        NoTable, TooLarge, UnknownColumns: the file cannot be taken.
        ImportRunning: another one is at work.
    """
    if dry_run:
        plan, _load = _planned(content, sheet, at=at)
    else:
        with alone("clients"):
            plan, load = _planned(content, sheet, at=at)
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
    )


def _planned(content: BinaryIO, sheet: Sheet, *, at: datetime) -> tuple[Plan[Any, Any], Load]:
    rows = read_rows(content, sheet)
    match sheet:
        case Sheet.COMPANIES:
            companies = plan_companies(rows)
            return companies, partial(load_companies, companies)
        case Sheet.SITES:
            sites = plan_sites(rows)
            return sites, partial(load_sites, sites)
        case Sheet.CONTACTS:
            contacts = plan_contacts(rows, today=at.date())
            return contacts, partial(load_contacts, contacts)
        case Sheet.ASSETS:
            assets = plan_assets(rows)
            return assets, partial(load_assets, assets)
