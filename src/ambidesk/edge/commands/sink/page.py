"""
The page of the sink: / lists the mails, /<id>.eml is one of them, /messages is the list as JSON.

Read only; nothing of a mail is shown but as text.
"""

import json
from dataclasses import asdict
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

from ambidesk.edge.commands.sink.box import Box, Mail
from ambidesk.edge.commands.speech import gettext as _

STYLE = (
    "body{font:16px/1.5 system-ui;margin:2rem;max-width:70rem}"
    "td{padding:.3rem 1rem .3rem 0;text-align:left}"
)


class Page(BaseHTTPRequestHandler):
    """Answers to browsers and programs."""

    box: ClassVar[Box]
    server_version = "Ambidesk-sink"

    def do_GET(self) -> None:
        """Answer with the list or with one mail."""
        path = self.path.split("?")[0].strip("/")
        wants_json = "application/json" in self.headers.get("Accept", "")
        if path in {"messages", "messages.json"} or (path == "" and wants_json):
            found = [asdict(mail) | {"url": f"/{mail.id}.eml"} for mail in self.box.mails()]
            self._answer(json.dumps(found, ensure_ascii=False).encode(), "application/json")
        elif path == "":
            self._answer(_listed(self.box.mails()).encode(), "text/html; charset=utf-8")
        elif (raw := self.box.raw(path.removesuffix(".eml"))) is not None:
            # As text in a browser: it must never be rendered on this origin.
            kind = "text/plain; charset=utf-8" if self._is_browser() else "message/rfc822"
            self._answer(raw, kind)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited name
        """Keep quiet: reading a demo's mail is nothing to log."""

    def _is_browser(self) -> bool:
        return "text/html" in self.headers.get("Accept", "")

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        self.wfile.write(body)


def _listed(mails: list[Mail]) -> str:
    head = f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>'
    title = escape(_("Mail that the demo has sent"))
    rows = "".join(
        f'<tr><td><a href="/{mail.id}.eml">{escape(mail.subject or "—")}</a></td>'
        f"<td>{escape(', '.join(mail.rcpt_to))}</td><td>{escape(mail.received_at)}</td></tr>"
        for mail in mails
    )
    nothing = escape(_("Nothing yet. Answer a ticket and look again."))
    empty = "" if mails else f"<p>{nothing}</p>"
    return f"{head}<title>{title}</title><h1>{title}</h1><table>{rows}</table>{empty}"
