"""`ambidesk doctor`: examine the desk and say what to do. Exit code 1 when something is broken."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from ambidesk.edge.commands.examining.database import database
from ambidesk.edge.commands.examining.finding import Finding, State, broken, well
from ambidesk.edge.commands.examining.machine import machine
from ambidesk.edge.commands.opening import called, open_desk
from ambidesk.edge.commands.options import as_json, data
from ambidesk.edge.commands.place.config import Config, read
from ambidesk.edge.commands.place.data import data_directory
from ambidesk.edge.commands.place.environment import database_url_of
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

MARKS = {State.OK: "+", State.WARN: "!", State.FAIL: "x"}
COLOURS = {State.OK: "green", State.WARN: "yellow", State.FAIL: "red"}


@click.command(help=_("Examine this desk and say what to do where something is wrong."))
@data
@as_json
def doctor(data: str | None, *, as_json: bool) -> None:
    """Examine, one check after another."""
    place = data_directory(data)
    found = _shown(_examined(data, place), as_json=as_json)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False))
    sys.exit(1 if any(finding.state is State.FAIL for finding in found) else 0)


def _examined(data: str | None, place: Path) -> Iterator[Finding]:
    name = _("configuration")
    try:
        config = read(place)
    except Trouble as trouble:
        yield broken(name, trouble.sentence)
        return
    yield well(name, _("It can be read."))
    yield from machine(place, config)
    yield from _behind(data, place, config=config)


def _behind(data: str | None, place: Path, *, config: Config) -> Iterator[Finding]:
    """Examine what needs the database; nothing of it where there is none."""
    try:
        url = database_url_of(place, config)
    except Trouble as trouble:
        yield broken(_("database"), trouble.sentence)
        return
    reached = True
    for finding in database(url, at=datetime.now(UTC)):
        reached = reached and finding.state is not State.FAIL
        yield finding
    if reached:
        open_desk(data)
        yield from called("ambidesk.edge.commands.examining.desk:desk")(url)


def _shown(findings: Iterable[Finding], *, as_json: bool) -> list[Finding]:
    """Show each finding as soon as it is there."""
    shown = []
    for finding in findings:
        shown.append(finding)
        if not as_json:
            mark = click.style(MARKS[finding.state], fg=COLOURS[finding.state])
            click.echo(f"{mark} {finding.name}: {finding.sentence}")
    return shown
