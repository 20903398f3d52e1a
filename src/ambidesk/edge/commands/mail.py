"""The commands `ambidesk mail ...`: they need neither a database nor Django."""

import json
from pathlib import Path
from typing import Final

import click

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.output import as_json
from ambidesk.support.channels.mail.parsing.parsed import ParsedMail
from ambidesk.support.channels.mail.parsing.reading import parse as parse_mail

_ONE_MORE: Final = 1


@click.group(help=_("Look at mail."))
def mail() -> None:
    """Look at mail."""


@mail.command(help=_("Show what Ambidesk reads in mails; never fails, whatever the files are."))
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path())
@click.option("--json", "as_lines", is_flag=True, help=_("One JSON object a line per file."))
def parse(files: tuple[str, ...], *, as_lines: bool) -> None:
    """Show what Ambidesk reads in mails; never fails, whatever the files are."""
    for file in files:
        found = as_json(_read(file), file=file)
        if as_lines:
            click.echo(json.dumps(found))
        else:
            click.echo(json.dumps(found, ensure_ascii=True, indent=2))


def _read(file: str) -> ParsedMail:
    try:
        with Path(file).open("rb") as opened:
            raw = opened.read(limits.MAIL_BYTES + _ONE_MORE)
    except (OSError, ValueError):
        return ParsedMail(defects=(Defect.FILE_UNREADABLE,))
    return parse_mail(raw)
