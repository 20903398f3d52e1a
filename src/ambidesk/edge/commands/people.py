"""The commands `ambidesk people ...`: how well persons are recognised; they need no database."""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from ambidesk.edge.commands.options import as_json
from ambidesk.edge.commands.speaking import speak
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.parties.matching.evaluating import Quality, measure
from ambidesk.parties.matching.judging import judge_all
from ambidesk.parties.matching.reading import BadRow, read_records, read_truth

Asked = ParamSpec("Asked")
# So many rows are named one by one on a console.
NAMED = 20


@click.group(help=_("Persons: how well records of the same human being are recognised."))
def people() -> None:
    """Hold the commands."""


def _answered(command: Callable[Asked, None]) -> Callable[Asked, None]:
    """Make a sentence for who sits at the console of what a table refuses."""

    @wraps(command)
    def answered(*args: Asked.args, **kwargs: Asked.kwargs) -> None:
        speak()
        try:
            command(*args, **kwargs)
        except Refusal as refusal:
            raise Trouble(str(refusal)) from refusal

    return answered


@people.command("evaluate-matching", help=_("Match the records of a table and compare with truth."))
@click.option(
    "--records",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("Records as CSV with titles: rec_id, given_name, surname, email, phone and others."),
)
@click.option(
    "--truth",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("Pairs that are one human being's, as CSV: left,right."),
)
@as_json
@_answered
def evaluate_matching(*, records: Path, truth: Path, as_json: bool) -> None:
    """Measure precision and recall of both tiers."""
    table = read_records(records)
    real = read_truth(truth, known={record.key for record in table.records})
    found = measure(judge_all(table.records), real.pairs)
    for file, rows in ((records, table.bad), (truth, real.bad)):
        _name(file, rows)
    if as_json:
        answer: dict[str, object] = {tier: asdict(quality) for tier, quality in found.items()}
        answer |= {"records": len(table.records), "pairs": len(real.pairs)}
        answer["bad_rows"] = {
            "records": [asdict(row) for row in table.bad],
            "truth": [asdict(row) for row in real.bad],
        }
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(_("Automatic: %s") % _spoken(found["automatic"]))
        click.echo(_("With proposals: %s") % _spoken(found["proposed"]))


def _spoken(quality: Quality) -> str:
    return _("precision %(precision).4f, recall %(recall).4f, F1 %(f1).4f") % asdict(quality)


def _name(file: Path, rows: list[BadRow]) -> None:
    for row in rows[:NAMED]:
        facts = {"file": file.name, "line": row.line, "why": row.why}
        click.echo(_("%(file)s, line %(line)s left out: %(why)s") % facts, err=True)
    if len(rows) > NAMED:
        rest = {"file": file.name, "number": len(rows) - NAMED}
        click.echo(_("%(file)s: and %(number)s rows more") % rest, err=True)
