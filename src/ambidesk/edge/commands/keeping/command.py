"""`ambidesk backup FILE` and `ambidesk restore FILE`."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from ambidesk.edge.commands.keeping.backing import back_up
from ambidesk.edge.commands.keeping.restoring import restore_from
from ambidesk.edge.commands.options import as_json, data
from ambidesk.edge.commands.place.data import data_directory
from ambidesk.edge.commands.speech import gettext as _

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(help=_("Write all that the desk is into one file (.tar or .tar.zst)."))
@click.argument("file", type=FILE)
@data
@as_json
def backup(file: Path, data: str | None, *, as_json: bool) -> None:
    """Back the desk up, running or not."""
    back_up(data_directory(data), file, at=datetime.now(UTC))
    size = file.stat().st_size
    if as_json:
        click.echo(json.dumps({"file": str(file), "size_bytes": size}))
    else:
        click.echo(
            _("%(file)s is written (%(size)s bytes). It holds the desk's secret: keep it safe.")
            % {"file": file, "size": size}
        )


@click.command(help=_("Make a desk from a backup, in an empty data directory."))
@click.argument("file", type=FILE)
@data
@as_json
def restore(file: Path, data: str | None, *, as_json: bool) -> None:
    """Restore a backup."""
    place = data_directory(data)
    restore_from(file, place)
    if as_json:
        click.echo(json.dumps({"data": str(place)}))
    else:
        click.echo(
            _(
                "The desk is restored in %(place)s. Nothing is sent until you confirm it: look at "
                "the desk first, then run: ambidesk database release"
            )
            % {"place": place}
        )
