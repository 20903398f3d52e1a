"""`ambidesk smtp`: mail reception alone; the channel's own server does the work."""

import signal
import threading
from types import FrameType

import click

from ambidesk.edge.commands.opening import called, open_desk
from ambidesk.edge.commands.options import data
from ambidesk.edge.commands.place.config import read
from ambidesk.edge.commands.place.data import data_directory
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.certificate import require_certificate
from ambidesk.edge.commands.starting.ports import require_free
from ambidesk.ground.kernel.heap import settle

# serve(*, host: str, port: int, stop: threading.Event) -> None, returns once `stop` is set
# and what was being taken is either acknowledged or refused.
RECEPTION = "ambidesk.support.channels.mail.reception:serve"


@click.command(help=_("Run mail reception alone, for a desk of several nodes."))
@data
@click.option("--host", help=_("Address to take mail on (127.0.0.1)."))
@click.option("--smtp-port", type=int, help=_("Port to take mail on (2525)."))
def smtp(data: str | None, *, host: str | None, smtp_port: int | None) -> None:
    """Take mail until a signal stops it."""
    config = read(data_directory(data), {"smtp_host": host, "smtp_port": smtp_port})
    require_free(config.smtp_host, config.smtp_port, option="--smtp-port")
    require_certificate(config)
    open_desk(data)
    stop = stop_on_signal()
    serve = called(RECEPTION)
    settle()
    serve(host=config.smtp_host, port=config.smtp_port, stop=stop)


def stop_on_signal() -> threading.Event:
    """Give an event that SIGTERM and SIGINT set."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, ask)
    return stop
