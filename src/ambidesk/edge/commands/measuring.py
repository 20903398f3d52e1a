"""
`ambidesk bench NAME`: measurements, each a module of the package `bench` with a function
`run(*, as_json: bool, options: Sequence[str]) -> None`.
"""

from importlib.util import find_spec
from pkgutil import iter_modules

import click

from ambidesk.edge.commands.opening import called, open_desk
from ambidesk.edge.commands.options import as_json, data
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

PACKAGE = "ambidesk.edge.commands.bench"


def names() -> list[str]:
    """Name the measurements there are: modules whose name has no underscore before it."""
    spec = find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec else None
    return sorted(
        found.name for found in iter_modules(places or []) if not found.name.startswith("_")
    )


@click.command(
    help=_("Measure this machine: intake, list, ticket, search, realtime, journal."),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("name")
@data
@as_json
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def bench(name: str, data: str | None, *, as_json: bool, options: tuple[str, ...]) -> None:
    """Run one measurement."""
    if name not in names():
        raise Trouble(
            _("There is no measurement %(name)s. There are: %(names)s.")
            % {"name": name, "names": ", ".join(names())}
        )
    open_desk(data)
    called(f"{PACKAGE}.{name}:run")(as_json=as_json, options=options)
