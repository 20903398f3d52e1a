"""`ambidesk worker`: the lanes of one worker, a thread each; one that falls starts again."""

import click

from ambidesk.edge.commands.lanes import keep_running
from ambidesk.edge.commands.opening import called, open_desk
from ambidesk.edge.commands.options import data
from ambidesk.edge.commands.smtp import stop_on_signal
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.ground.kernel.heap import settle

LANES = "ambidesk.wiring.lanes:lanes"


@click.command(help=_("Run one worker alone, for a desk of several nodes."))
@data
def worker(data: str | None) -> None:
    """Work until a signal stops it."""
    open_desk(data)
    stop = stop_on_signal()
    lanes = called(LANES)()
    settle()
    keep_running(lanes, stop=stop)
