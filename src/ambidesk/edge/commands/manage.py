"""`ambidesk manage ...`: Django's own management commands on an open desk."""

import click
from django.core.management import execute_from_command_line

from ambidesk.edge.commands.opening import open_desk
from ambidesk.edge.commands.options import data
from ambidesk.edge.commands.speech import gettext as _


@click.command(
    help=_("Run a management command of Django on this desk, such as: manage showmigrations."),
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@data
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(data: str | None, arguments: tuple[str, ...]) -> None:
    """Pass the arguments on."""
    open_desk(data)
    execute_from_command_line(["ambidesk manage", *arguments])
