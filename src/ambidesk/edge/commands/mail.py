"""The commands `ambidesk mail ...`: they need neither a database nor Django."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.support.channels.mail.parser_process import ParserFailed, ParserProcess
from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.output import as_json, as_lines
from ambidesk.support.channels.mail.parsing.parsed import ParsedMail

_ONE_MORE: Final = 1


@click.group(help=_("Look at mail."))
def mail() -> None:
    """Hold the commands."""


@mail.command(help=_("Show what Ambidesk reads in mails; never fails, whatever the files are."))
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path())
@click.option("--json", "as_objects", is_flag=True, help=_("One JSON object a line per file."))
def parse(files: tuple[str, ...], *, as_objects: bool) -> None:
    """Read files and print what is in them, one after the other."""
    with ParserProcess() as parser:
        for file in files:
            found = _read(file, parser)
            if as_objects:
                click.echo(json.dumps(as_json(found, file=file)))
            else:
                click.echo("\n".join([*as_lines(found, file=file), ""]).encode("utf-8", "replace"))


def _read(file: str, parser: ParserProcess) -> ParsedMail:
    try:
        raw = _content(file)
    except (OSError, ValueError):
        return ParsedMail(defects=(Defect.FILE_UNREADABLE,))
    try:
        found = parser.parse(raw[: limits.MAIL_BYTES])
    except ParserFailed:
        found = ParsedMail(defects=(Defect.PARSER_FAULT,))
    if len(raw) > limits.MAIL_BYTES:
        return replace(found, defects=(Defect.MAIL_TOO_LARGE, *found.defects))
    return found


def _content(file: str) -> bytes:
    """Return the first bytes of a file; a pipe that nobody writes to is empty, not waited for."""
    with open(file, "rb", opener=_without_waiting) as opened:
        os.set_blocking(opened.fileno(), True)
        return opened.read(limits.MAIL_BYTES + _ONE_MORE)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(Path(path), flags | os.O_NONBLOCK | os.O_NOCTTY)
