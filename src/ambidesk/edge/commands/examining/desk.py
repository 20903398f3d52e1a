"""What can be examined once Django is awake: migrations, and what wiring's own checks find."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ambidesk.edge.commands.examining.finding import (
    Finding,
    State,
    broken,
    well,
    worth_a_look,
)
from ambidesk.edge.commands.examining.living import living
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.speech import ngettext
from ambidesk.ground.kernel.holding import held_since

CHECKS = "ambidesk.wiring.checks"


class Check(Protocol):
    """A check of a package above, joined by wiring."""

    @property
    def name(self) -> str:
        """Its word."""

    def look(self) -> tuple[str, str]:
        """Give ok, warn or fail, and a sentence."""


def desk(url: str) -> Iterator[Finding]:
    """Examine the open desk."""
    tables = _migrations()
    yield tables
    if tables.state is State.FAIL:
        return
    yield _sending()
    yield from living(url)
    for check in _joined():
        try:
            state, sentence = check.look()
            yield Finding(name=check.name, state=State(state), sentence=sentence)
        except Exception as wrong:  # noqa: BLE001 - one broken check must not hide the others
            yield broken(check.name, str(wrong) or type(wrong).__name__)


def _migrations() -> Finding:
    name = _("tables")
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return broken(
            name,
            ngettext(
                "%(count)s migration is missing. Run: ambidesk database migrate",
                "%(count)s migrations are missing. Run: ambidesk database migrate",
                len(missing),
            )
            % {"count": len(missing)},
        )
    return well(name, _("They are up to date."))


def _sending() -> Finding:
    name, since = _("sending"), held_since()
    if since is None:
        return well(name, _("What is due leaves."))
    return worth_a_look(
        name,
        _(
            "Nothing is sent since the restore of %(since)s. When all is well, run: "
            "ambidesk database release"
        )
        % {"since": f"{since:%Y-%m-%d %H:%M}"},
    )


def _joined() -> Sequence[Check]:
    if find_spec(CHECKS) is None:
        return []
    found: Sequence[Check] = import_module(CHECKS).checks()
    return found
