"""The commands `ambidesk sla ...`: a calendar file tried out; they need no desk and no database."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from ambidesk.edge.commands.options import as_json
from ambidesk.edge.commands.speaking import speak
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.speech import language
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.calendars.calendar import Calendar
from ambidesk.ground.calendars.durations import read_duration, read_instant
from ambidesk.ground.calendars.explaining import explain
from ambidesk.ground.calendars.reading import MOST_BYTES, read_text
from ambidesk.ground.calendars.refusals import EndsBeforeItStarts
from ambidesk.ground.calendars.words import sentences, spoken
from ambidesk.ground.kernel.refusal import Refusal

Asked = ParamSpec("Asked")

calendar = click.option(
    "--calendar",
    "file",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("A service calendar as JSON."),
)
start = click.option("--start", required=True, metavar="ISO", help=_("From when, with its zone."))


@click.group(help=_("Try a service calendar: what is due when, and how much time lies between."))
def sla() -> None:
    """Hold the commands."""


def _answered(command: Callable[Asked, None]) -> Callable[Asked, None]:
    """Make a sentence for who sits at the console of what a calendar refuses."""

    @wraps(command)
    def answered(*args: Asked.args, **kwargs: Asked.kwargs) -> None:
        speak()
        try:
            command(*args, **kwargs)
        except Refusal as refusal:
            raise Trouble(str(refusal)) from refusal

    return answered


@sla.command(help=_("Say when so much work is due, and why."))
@calendar
@start
@click.option("--work", required=True, metavar="DURATION", help=_("Working time, as PT8H."))
@as_json
@_answered
def due(*, file: Path, start: str, work: str, as_json: bool) -> None:
    """Add working time to an instant."""
    found = explain(
        _calendar(file), start=read_instant(start), work=read_duration(work), language=language()
    )
    words = list(sentences(found, to_the_second=True))
    if as_json:
        answer = {"due": found.due.isoformat(), "explanation": words}
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo("\n".join(words))


@sla.command(help=_("Say how much working time lies between two instants."))
@calendar
@start
@click.option("--end", required=True, metavar="ISO", help=_("Until when, with its zone."))
@as_json
@_answered
def between(*, file: Path, start: str, end: str, as_json: bool) -> None:
    """Measure the working time of a stretch."""
    first, last = read_instant(start), read_instant(end)
    if last < first:
        raise EndsBeforeItStarts
    length = _calendar(file).between(first, last)
    if as_json:
        click.echo(json.dumps({"working_seconds": _seconds(length)}))
    else:
        click.echo(spoken(length))


def _calendar(file: Path) -> Calendar:
    try:
        with file.open(encoding="utf-8-sig") as opened:
            text = opened.read(MOST_BYTES + 1)
    except UnicodeDecodeError as error:
        raise Trouble(_("%(path)s is no text in UTF-8.") % {"path": file}) from error
    except OSError as error:
        facts = {"path": file, "why": error.strerror}
        raise Trouble(_("%(path)s cannot be read: %(why)s.") % facts) from error
    return Calendar(read_text(text))


def _seconds(length: timedelta) -> int | float:
    """Give whole seconds as a whole number."""
    seconds = length / timedelta(seconds=1)
    return int(seconds) if seconds.is_integer() else seconds
