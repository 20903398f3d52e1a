"""
`ambidesk bench NAME`: measurements, each a module of the package `bench` with a function
`run(order: Order, *, url: str) -> Sequence[Figure]`.
"""

from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

import click

from ambidesk.edge.commands.gauging.figures import report
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.gauging.scratch import scratch
from ambidesk.edge.commands.opening import called
from ambidesk.edge.commands.options import as_json, data
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

PACKAGE = "ambidesk.edge.commands.bench"
# These fill a desk and then only read in it.
READING = {"conditions", "list", "search", "ticket"}


def names() -> list[str]:
    """Name the measurements there are: modules whose name has no underscore before it."""
    spec = find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec else None
    return sorted(
        found.name for found in iter_modules(places or []) if not found.name.startswith("_")
    )


@click.command(help=_("Measure this machine: intake, list, ticket, search, realtime, journal."))
@click.argument("name")
@data
@as_json
@click.option("--tickets", type=click.IntRange(1), help=_("How many tickets there are."))
@click.option("--messages", type=click.IntRange(1), help=_("How many messages they have."))
@click.option("--clients", type=click.IntRange(1), help=_("How many work at the same time."))
@click.option("--seconds", type=click.IntRange(1), help=_("How long it is measured."))
@click.option(
    "--full",
    is_flag=True,
    help=_("At 1,000,000 tickets and 5,000,000 messages; the peak at 100,000."),
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help=_("Keep the generated desk in this directory, to measure in it again."),
)
def bench(
    name: str, data: str | None, *, as_json: bool, keep: Path | None, **asked: int | None
) -> None:
    """Run one measurement."""
    if name not in names():
        raise Trouble(
            _("There is no measurement %(name)s. There are: %(names)s.")
            % {"name": name, "names": ", ".join(names())}
        )
    order = Order(**asked)  # type: ignore[arg-type] # click has checked each by its type
    with scratch(data=data, keep=keep, filled=name in READING) as url:
        figures = called(f"{PACKAGE}.{name}:run")(order, url=url)
        report(name, figures, url=url, as_json=as_json)
