"""
The command line: a table of names, each command read only when it is called.

A Trouble becomes one sentence on stderr and exit code 2.
"""

import importlib
import sys

import click

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import EXIT_CODE, Trouble

HERE = "ambidesk.edge.commands"
COMMANDS = {
    "up": f"{HERE}.up:up",
    "demo": f"{HERE}.up:demo",
    "web": f"{HERE}.web:web",
    "worker": f"{HERE}.worker:worker",
    "smtp": f"{HERE}.smtp:smtp",
    "site": f"{HERE}.site.command:site",
    "messengers": f"{HERE}.messengers.command:messengers",
    "sink": f"{HERE}.sink.command:sink",
    "story": f"{HERE}.telling:story",
    "user": f"{HERE}.user:user",
    "doctor": f"{HERE}.examining.command:doctor",
    "backup": f"{HERE}.keeping.command:backup",
    "restore": f"{HERE}.keeping.command:restore",
    "database": f"{HERE}.database:database",
    "bench": f"{HERE}.measuring:bench",
    "knowledge": f"{HERE}.knowledge.command:knowledge",
    "sla": f"{HERE}.sla:sla",
    "import": f"{HERE}.importing:importing",
    "people": f"{HERE}.people:people",
    "mail": f"{HERE}.mail:mail",
    "api": f"{HERE}.api:api",
    "manage": f"{HERE}.manage:manage",
}


class Table(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - inherited
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - inherited
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=Table, help=_("Ambidesk: one desk for people and for organisations."))
@click.version_option(package_name="ambidesk")
def ambidesk() -> None:
    """Hold the commands."""


def main() -> None:
    """Run the command that the arguments name."""
    try:
        ambidesk()
    except Trouble as trouble:
        click.echo(trouble.sentence, err=True)
        sys.exit(EXIT_CODE)
