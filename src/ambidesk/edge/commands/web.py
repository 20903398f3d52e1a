"""`ambidesk web`: the web part, one supervising process and its workers, no Django in the first."""

import os
import resource
import signal
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from granian.constants import Interfaces
from granian.server import Server

from ambidesk.edge.commands.leash import die_with_parent
from ambidesk.edge.commands.options import data
from ambidesk.edge.commands.place.config import Config, read
from ambidesk.edge.commands.place.data import data_directory
from ambidesk.edge.commands.place.environment import database_url_of, environment
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.database import require_database
from ambidesk.edge.commands.starting.ports import require_free

APPLICATION = "ambidesk.wiring.asgi:app"
# Each open stream of a browser counts as a request under way.
REQUESTS_A_WORKER = 8192
STOP_SECONDS = 8


@click.command(help=_("Run the web part alone, for a desk of several nodes."))
@data
@click.option("--host", help=_("Address of this machine to listen on (127.0.0.1)."))
@click.option("--port", type=int, help=_("Port of the web (8000)."))
def web(data: str | None, *, host: str | None, port: int | None) -> None:
    """Serve the web until a signal stops it."""
    place = data_directory(data)
    config = read(place, {"host": host, "port": port})
    require_free(config.host, config.port, option="--port")
    url = database_url_of(place, config)
    require_database(url)
    os.environ.update(environment(place, config, database_url=url))
    _forget_figures(place)
    _raise_file_limit()
    _server(config, parent=os.getpid())


def _server(config: Config, *, parent: int) -> None:
    def load(_target: str) -> Callable[..., Any]:
        die_with_parent(parent)
        module, name = APPLICATION.split(":")
        try:
            application: Callable[..., Any] = getattr(import_module(module), name)
        except BaseException:
            # The server would start such a worker again and again; its own end is a plain answer.
            os.kill(parent, signal.SIGTERM)
            raise
        return application

    Server(
        APPLICATION,
        address=config.host,
        port=config.port,
        interface=Interfaces.ASGI,
        workers=config.web_processes,
        backpressure=REQUESTS_A_WORKER,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_access=False,
    ).serve(target_loader=load)


def _forget_figures(place: Path) -> None:
    """Begin counting anew: figures of processes that ended before are nobody's."""
    for file in (place / "run" / "metrics").glob("*.db"):
        file.unlink(missing_ok=True)


def _raise_file_limit() -> None:
    """Let this process have as many open connections as the system allows."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
