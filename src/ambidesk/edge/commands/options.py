"""Options that several commands share."""

import click

from ambidesk.edge.commands.speech import gettext as _

data = click.option(
    "--data",
    metavar="DIR",
    help=_("Data directory (AMBIDESK_DATA, or ~/.local/share/ambidesk)."),
)
as_json = click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for programs."))
