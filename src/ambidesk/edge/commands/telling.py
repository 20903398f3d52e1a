"""
`ambidesk story prepare|tell`: the two halves of the demo's story, called by `ambidesk demo`.

prepare() -> list of {login, password, role}, within seconds; tell() loads the rest by set verbs.
Both may be called again on a desk that has the story already, in part or whole.
"""

import json

import click

from ambidesk.edge.commands.opening import called, open_desk
from ambidesk.edge.commands.options import data
from ambidesk.edge.commands.speech import gettext as _

PREPARE = "ambidesk.edge.commands.story:prepare"
TELL = "ambidesk.edge.commands.story:tell"


@click.group(help=_("The demo's story."), hidden=True)
def story() -> None:
    """Hold the two halves."""


@story.command(help=_("Make the brands, channels and staff of the story; print their logins."))
@data
@click.option("--site", "sites", multiple=True)
@click.option("--bot", "bots", multiple=True, type=(str, str))
def prepare(data: str | None, *, sites: tuple[str, ...], bots: tuple[tuple[str, str], ...]) -> None:
    """Print the logins as JSON; `bots` are kinds of messengers with their servers."""
    open_desk(data)
    logins = called(PREPARE)(sites=sites, bots=dict(bots))
    click.echo(json.dumps(logins, ensure_ascii=False))


@story.command(help=_("Load the persons and tickets of the story."))
@data
def tell(data: str | None) -> None:
    """Load them."""
    open_desk(data)
    called(TELL)()
