"""`ambidesk import`: tickets of another system, companies, sites and contacts, from CSV or XLSX."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from ambidesk.edge.commands.opening import called, open_desk
from ambidesk.edge.commands.options import as_json, data
from ambidesk.edge.commands.speech import gettext as _

ARRIVING = "ambidesk.edge.commands.arriving"
CLIENTS = "ambidesk.edge.commands.clients"
MOST_SHOWN = 20


@click.group("import", help=_("Bring in tickets of another system, companies, sites and contacts."))
def importing() -> None:
    """Hold the commands."""


@importing.command(
    help=_("Bring in tickets from a file of events; the same file again brings nothing twice.")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("Which column is what, as TOML; see docs/importing.md."),
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would happen."))
@data
@as_json
def events(*, file: Path, mapping: Path, dry_run: bool, data: str | None, as_json: bool) -> None:
    """Take in one file."""
    open_desk(data)
    told: dict[str, Any] = called(f"{ARRIVING}:events")(
        file, mapping, dry_run=dry_run, at=datetime.now(UTC), progress=_progress(as_json)
    )
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _say(told)
    reconciled = told["reconciliation"]
    if reconciled and not reconciled["agrees"]:
        sys.exit(1)


def _sheet(name: str, words: str) -> None:
    """Declare the command of one kind of file."""

    @importing.command(name, help=words)
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--dry-run", is_flag=True, help=_("Only say what would happen."))
    @data
    @as_json
    def command(*, file: Path, dry_run: bool, data: str | None, as_json: bool) -> None:
        _take(name, file, dry_run=dry_run, data=data, as_json=as_json)


def _take(
    name: str,
    file: Path,
    *,
    dry_run: bool,
    data: str | None,
    as_json: bool,
    is_whole: bool = False,
    mapping: Path | None = None,
) -> None:
    open_desk(data)
    told: dict[str, Any] = called(f"{CLIENTS}:bring_in")(
        file,
        name,
        dry_run=dry_run,
        is_whole=is_whole,
        mapping=mapping,
        at=datetime.now(UTC),
        progress=_progress(as_json),
    )
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _say_rows(told)
    sys.exit(1 if told["problems"] else 0)


_sheet("companies", _("Bring in companies and their legal entities from CSV or XLSX."))
_sheet("sites", _("Bring in sites of companies with their territories from CSV or XLSX."))
_sheet("contacts", _("Bring in persons who speak for companies from CSV or XLSX."))
_sheet("assets", _("Bring in equipment of companies from CSV or XLSX."))


@importing.command(
    "repairs", help=_("Bring in repairs of the past of equipment that is here, from CSV or XLSX.")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("Which column is what, as TOML; see docs/importing.md."),
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would happen."))
@data
@as_json
def repairs(
    *, file: Path, mapping: Path | None, dry_run: bool, data: str | None, as_json: bool
) -> None:
    """Take in one file of repairs."""
    _take("repairs", file, dry_run=dry_run, data=data, as_json=as_json, mapping=mapping)


@importing.command(
    "receivables", help=_("Bring in what companies owe by the books from CSV or XLSX.")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--whole", is_flag=True, help=_("All that the companies in it owe: the rest is paid.")
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would happen."))
@data
@as_json
def receivables(*, file: Path, whole: bool, dry_run: bool, data: str | None, as_json: bool) -> None:
    """Take in one file of the books."""
    _take("receivables", file, dry_run=dry_run, data=data, as_json=as_json, is_whole=whole)


def _progress(as_json: bool) -> Any:  # noqa: FBT001 - an option's value
    """Show how far it is on a terminal; programs read nothing but the answer."""
    shown = sys.stderr.isatty() and not as_json

    def progress(done: int, whole: int) -> None:
        if shown:
            click.echo(f"\r{done} / {whole}", err=True, nl=done == whole)

    return progress


def _say_rows(told: dict[str, Any]) -> None:
    said = _(
        "%(rows)s rows: %(new)s new, %(changed)s changed, "
        "%(unchanged)s as before, %(held)s held back."
    )
    click.echo(said % told["rows"])
    for problem in told["problems"][:MOST_SHOWN]:
        click.echo(problem["problem"])
    if len(told["problems"]) > MOST_SHOWN:
        more = _("And %(number)s more; --json names all.")
        click.echo(more % {"number": len(told["problems"]) - MOST_SHOWN})
    if told["dry_run"]:
        click.echo(_("Nothing was written: this was a dry run."))


def _say(told: dict[str, Any]) -> None:
    tickets, rows = told["tickets"], told["rows"]
    click.echo(
        _(
            "%(file)s tickets: %(created)s new, %(continued)s go on, "
            "%(unchanged)s as before, %(held)s held back."
        )
        % tickets
    )
    click.echo(_("%(file)s rows, %(held)s of them held back.") % rows)
    for problem in told["problems"][:MOST_SHOWN]:
        click.echo(problem["problem"])
    if len(told["problems"]) > MOST_SHOWN:
        click.echo(
            _("And %(number)s more; --json names all.")
            % {"number": len(told["problems"]) - MOST_SHOWN}
        )
    if told["dry_run"]:
        click.echo(_("Nothing was written: this was a dry run."))
    elif told["reconciliation"]["agrees"]:
        click.echo(_("Counted again: file and desk agree."))
    else:
        click.echo(_("Counted again: file and desk do NOT agree; --json says in what."))
