"""`ambidesk database`: its tables and its major version."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from ambidesk.edge.commands.keeping.upgrading import upgrade as upgrade_cluster
from ambidesk.edge.commands.opening import called, open_desk
from ambidesk.edge.commands.options import data
from ambidesk.edge.commands.place.data import data_directory, locked, prepare
from ambidesk.edge.commands.speech import gettext as _


@click.group(help=_("The desk's database."))
def database() -> None:
    """Hold the commands."""


@database.command(help=_("Bring the tables up to date; a desk does it itself at its start."))
@data
def migrate(data: str | None) -> None:
    """Apply what is missing."""
    open_desk(data)
    called("ambidesk.edge.commands.tables:migrate")()


@database.command(hidden=True)
@click.option("--erased", type=click.Path(path_type=Path), help=_("Ids as a JSON list."))
@data
def settle(data: str | None, *, erased: Path | None) -> None:
    """After a restore: raise the journal's epoch, hold what would leave, erase again."""
    open_desk(data)
    called("ambidesk.wiring.restoring:after_restore")(
        json.loads(erased.read_text()) if erased else [], at=datetime.now(UTC)
    )


@database.command(help=_("After a restore: let the desk send again."))
@data
def release(data: str | None) -> None:
    """Confirm that the restored desk is the one that sends from now on."""
    open_desk(data)
    called("ambidesk.wiring.restoring:release")()
    click.echo(_("The desk sends again."))


@database.command(help=_("Bring the data of an older PostgreSQL into the one of this Ambidesk."))
@data
@click.option(
    "--from-bin",
    type=click.Path(path_type=Path),
    help=_("Directory of the older PostgreSQL's programs, when it is not found."),
)
def upgrade(data: str | None, from_bin: Path | None) -> None:
    """Dump from the older server and restore into a new one; the old data stay beside it."""
    place = data_directory(data)
    prepare(place)
    with locked(place):
        click.echo(upgrade_cluster(place, from_bin=from_bin))
