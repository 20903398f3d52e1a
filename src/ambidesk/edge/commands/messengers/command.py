"""`ambidesk messengers`: the messengers of a demo as a part of its own."""

import threading
from http.server import ThreadingHTTPServer

import click

from ambidesk.edge.commands.messengers.chats import Chats, fresh_number
from ambidesk.edge.commands.messengers.page import Page
from ambidesk.edge.commands.options import data
from ambidesk.edge.commands.place.data import data_directory
from ambidesk.edge.commands.smtp import stop_on_signal
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.support.channels.max.simulator import MaxSimulator
from ambidesk.support.channels.telegram.simulator import TelegramSimulator

LOOPBACK = "127.0.0.1"


@click.command(help=_("Simulate the messengers of a demo and its people."), hidden=True)
@data
@click.option("--port", type=int, default=8027)
@click.option("--telegram-port", type=int, required=True)
@click.option("--max-port", type=int, required=True)
def messengers(data: str | None, *, port: int, telegram_port: int, max_port: int) -> None:
    """Serve until a signal stops it."""
    place = data_directory(data, demo=True) / "messengers.json"
    first = fresh_number()
    stop = stop_on_signal()
    with (
        TelegramSimulator(port=telegram_port, first=first) as telegram,
        MaxSimulator(port=max_port, first=first) as messenger,
    ):
        Page.chats = Chats(telegram, messenger, place=place)
        pages = ThreadingHTTPServer((LOOPBACK, port), Page)
        threading.Thread(target=pages.serve_forever, daemon=True).start()
        Page.chats.run(stop)
        pages.shutdown()
