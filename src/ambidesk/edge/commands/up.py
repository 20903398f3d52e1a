"""`ambidesk up` and `ambidesk demo`: the whole desk on this machine."""

import click

from ambidesk.edge.commands.options import as_json, data
from ambidesk.edge.commands.place.config import read
from ambidesk.edge.commands.place.data import data_directory
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.desk import Desk
from ambidesk.edge.commands.starting.progress import Progress

host = click.option("--host", help=_("Address of this machine to listen on (127.0.0.1)."))
port = click.option("--port", type=int, help=_("Port of the web (8000)."))
smtp_host = click.option("--smtp-host", help=_("Address to take mail on (127.0.0.1)."))
smtp_port = click.option("--smtp-port", type=int, help=_("Port to take mail on (2525)."))


@click.command(help=_("Run the desk: database, web, workers and mail reception in one tree."))
@data
@host
@port
@smtp_host
@smtp_port
@as_json
def up(**chosen: str | int | None) -> None:
    """Run the desk until a signal stops it."""
    _run(is_demo=False, **chosen)


@click.command(help=_("Run a desk that tells a story: brands, people, tickets and logins to try."))
@data
@host
@port
@smtp_host
@smtp_port
@as_json
def demo(**chosen: str | int | None) -> None:
    """Run the demo desk until a signal stops it."""
    _run(is_demo=True, **chosen)


def _run(*, is_demo: bool, **chosen: str | int | None) -> None:
    as_json, name = bool(chosen.pop("as_json")), chosen.pop("data")
    place = data_directory(None if name is None else str(name), demo=is_demo)
    config = read(place, chosen)
    Desk(place=place, config=config, progress=Progress(as_json=as_json), is_demo=is_demo).run()
