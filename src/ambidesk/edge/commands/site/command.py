"""`ambidesk site`: the sites of a demo as a part of their own."""

import threading
from http.server import ThreadingHTTPServer

import click

from ambidesk.edge.commands.options import data
from ambidesk.edge.commands.place.data import data_directory
from ambidesk.edge.commands.site.keys import read
from ambidesk.edge.commands.site.page import Page
from ambidesk.edge.commands.smtp import stop_on_signal
from ambidesk.edge.commands.speech import gettext as _

LOOPBACK = "127.0.0.1"


@click.command(help=_("Serve the demo's sites, on which the chats stand."), hidden=True)
@data
@click.option("--port", type=int, default=8090)
@click.option("--desk", required=True)
def site(data: str | None, *, port: int, desk: str) -> None:
    """Serve until a signal stops it."""
    Page.keys, Page.desk = read(data_directory(data, demo=True)), desk.rstrip("/")
    server = ThreadingHTTPServer((LOOPBACK, port), Page)
    stop = stop_on_signal()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stop.wait()
    server.shutdown()
