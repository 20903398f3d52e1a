"""`ambidesk sink`: the sink of a demo as a part of its own."""

import threading
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer

import click
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from ambidesk.edge.commands.options import data
from ambidesk.edge.commands.place.data import data_directory
from ambidesk.edge.commands.sink.box import Box
from ambidesk.edge.commands.sink.page import Page
from ambidesk.edge.commands.smtp import stop_on_signal
from ambidesk.edge.commands.speech import gettext as _

LOOPBACK = "127.0.0.1"
LARGEST_BYTES = 50 * 1024 * 1024
# A machine that starts a whole demo at once may be slow; who supervises has a bound of its own.
READY_SECONDS = 60.0


class Taking:
    """What happens to a mail: it is kept."""

    def __init__(self, box: Box) -> None:
        self._box = box

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the mail."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        name = self._box.put(
            raw,
            mail_from=envelope.mail_from or "",
            rcpt_to=list(envelope.rcpt_tos),
            at=datetime.now(UTC),
        )
        return f"250 kept as {name}"


@click.command(help=_("Take mail and deliver none: where a demo's mail can be read."), hidden=True)
@data
@click.option("--smtp-port", type=int, default=2526)
@click.option("--port", type=int, default=8026)
def sink(data: str | None, *, smtp_port: int, port: int) -> None:
    """Take mail until a signal stops it."""
    box = Box(directory=data_directory(data, demo=True) / "sink")
    box.directory.mkdir(exist_ok=True)
    Page.box = box
    pages = ThreadingHTTPServer((LOOPBACK, port), Page)
    mails = Controller(
        Taking(box),
        hostname=LOOPBACK,
        port=smtp_port,
        data_size_limit=LARGEST_BYTES,
        ready_timeout=READY_SECONDS,
    )
    stop = stop_on_signal()
    mails.start()
    serving = threading.Thread(target=pages.serve_forever, daemon=True)
    serving.start()
    stop.wait()
    pages.shutdown()
    mails.stop()
