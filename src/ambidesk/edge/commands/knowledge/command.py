"""`ambidesk knowledge`: articles of other systems come in; the search is measured."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from ambidesk.edge.commands.gauging.schema import scratch_schema
from ambidesk.edge.commands.knowledge.files import read_articles, read_judgements, read_questions
from ambidesk.edge.commands.opening import called, open_desk
from ambidesk.edge.commands.options import as_json, data
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

HERE = "ambidesk.edge.commands.knowledge"
a_file = click.Path(path_type=Path)


@click.group(help=_("Import articles and measure how well they are found."))
def knowledge() -> None:
    """Hold the commands."""


@knowledge.command("import", help=_("Bring articles in from a file of JSON by line."))
@click.argument("file", type=a_file)
@click.option("--brand", metavar="NAME", help=_("The brand whose articles they are."))
@click.option(
    "--audience",
    type=click.Choice(["public", "clients", "staff"]),
    default="public",
    help=_("Who may read them."),
)
@click.option("--draft", is_flag=True, help=_("Leave them as drafts, unpublished."))
@data
@as_json
def bring(
    *,
    file: Path,
    brand: str | None,
    audience: str,
    draft: bool,
    data: str | None,
    as_json: bool,
) -> None:
    """Write and publish what stands in the file."""
    lines = read_articles(file)
    open_desk(data)
    found = called(f"{HERE}.importing:bring")(
        lines, brand=brand, audience=audience, publishing=not draft
    )
    for name, why in found.refused:
        click.echo(_("%(id)s is left out: %(why)s") % {"id": name, "why": why}, err=True)
    told = {name: getattr(found, name) for name in ("new", "changed", "unchanged")}
    told["refused"] = len(found.refused)
    if as_json:
        click.echo(json.dumps(told))
    else:
        click.echo(
            _("%(new)d new, %(changed)d changed, %(unchanged)d as they were, %(refused)d left out.")
            % told
        )


@knowledge.command(help=_("Measure the search with questions whose right answers are known."))
@click.option("--articles", required=True, type=a_file, help=_("Articles, JSON by line."))
@click.option("--queries", required=True, type=a_file, help=_("Questions, JSON by line."))
@click.option("--relevant", required=True, type=a_file, help=_("Right answers, with tabs between."))
@click.option("--semantic", is_flag=True, help=_("Measure the search by meaning beside it."))
@data
@as_json
def evaluate(
    *,
    articles: Path,
    queries: Path,
    relevant: Path,
    semantic: bool,
    data: str | None,
    as_json: bool,
) -> None:
    """Index the articles in a scratch schema, ask, compare."""
    given = read_articles(articles), read_questions(queries), read_judgements(relevant)
    with scratch_schema(data=data):
        scores = called(f"{HERE}.evaluating:evaluate")(
            given[0], questions=given[1], judgements=given[2], semantic=semantic, far=_far
        )
    if scores is None:
        raise Trouble(_("No question has a right answer: the ids do not fit together."))
    found = asdict(scores.plain)
    beside = asdict(scores.semantic) if scores.semantic else {}
    if as_json:
        click.echo(json.dumps({**found, **({"semantic": beside} if beside else {})}))
        return
    if beside:
        words, meaning = _("words"), _("meaning")
        click.echo(f"{'':<14} {words:>8} {meaning:>8}")
    for name, value in found.items():
        click.echo(f"{name:<14} {value:>8} {beside.get(name, ''):>8}".rstrip())


def _far(pages: int) -> None:
    if sys.stderr.isatty() and not pages % 200:
        click.echo(_("%(pages)s articles have a vector.") % {"pages": pages}, err=True)
