"""
The pages of the sink: / lists the mails, /<id> shows one, /<id>.eml is one, /messages for programs.

Read only, on loopback; nothing of a mail is served in a form that a browser runs.
"""

import json
import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from ambidesk.edge.commands.sink.box import Box, as_object
from ambidesk.edge.commands.sink.markup import Shown, listed, shown
from ambidesk.edge.commands.sink.words import chosen, saying
from ambidesk.support.channels.mail.parsing.reading import parse

STYLES = (Path(__file__).parent / "sink.css").read_bytes()
PAGE = "default-src 'none'; style-src 'self'; frame-src 'self'"
# The frame holds cleaned markup; should something slip through, it has no rights and no origin.
FRAME = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
AT_ONCE = 200
REFRESH_SECONDS = 5
ONE = re.compile(r"(?P<id>[0-9]{1,12})(?:(?P<form>\.eml|\.html)|/(?P<file>[0-9]{1,3}))?")


class Page(BaseHTTPRequestHandler):
    """Answers to browsers and programs."""

    box: ClassVar[Box]
    server_version = "Ambidesk-sink"

    def do_GET(self) -> None:
        """Answer with the list or with one mail."""
        path = self.path.split("?")[0].strip("/")
        wants_json = "application/json" in self.headers.get("Accept", "")
        if path in {"messages", "messages.json"} or (path == "" and wants_json):
            found = [as_object(mail) for mail in self.box.mails()]
            self._answer(json.dumps(found, ensure_ascii=False).encode(), "application/json")
        elif path == "":
            self._list()
        elif path == "sink.css":
            self._answer(STYLES, "text/css; charset=utf-8")
        elif match := ONE.fullmatch(path):
            self._one(match)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited name
        """Keep quiet: reading a demo's mail is nothing to log."""

    def _list(self) -> None:
        tongue = self._tongue()
        written = listed(self.box.mails()[:AT_ONCE], tongue=tongue, gettext=saying(tongue))
        self._answer(written.encode(), "text/html; charset=utf-8", Refresh=str(REFRESH_SECONDS))

    def _one(self, match: re.Match[str]) -> None:
        name = match["id"]
        raw = self.box.raw(name)
        if raw is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif match["form"] == ".eml" or self._is_program():
            # As text in a browser: it must never be rendered on this origin.
            kind = "message/rfc822" if self._is_program() else "text/plain; charset=utf-8"
            self._answer(raw, kind)
        elif match["form"] == ".html":
            self._answer(parse(raw).html.encode(), "text/html; charset=utf-8", policy=FRAME)
        elif match["file"]:
            self._file(raw, int(match["file"]))
        else:
            self._show(name, raw)

    def _show(self, name: str, raw: bytes) -> None:
        tongue = self._tongue()
        head = raw.replace(b"\r\n", b"\n").split(b"\n\n")[0].decode("utf-8", "replace")
        found = Shown(id=name, mail=parse(raw), headers=head, talk=self.box.talk(name))
        written = shown(found, tongue=tongue, gettext=saying(tongue))
        self._answer(written.encode(), "text/html; charset=utf-8")

    def _file(self, raw: bytes, number: int) -> None:
        files = parse(raw).attachments
        if not 0 < number <= len(files):
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        file = files[number - 1]
        name = quote(file.name or "file", safe="")
        self._answer(
            file.content,
            "application/octet-stream",
            Content_Disposition=f"attachment; filename*=UTF-8''{name}",
        )

    def _tongue(self) -> str:
        return chosen(self.headers.get("Accept-Language", ""))

    def _is_program(self) -> bool:
        return "text/html" not in self.headers.get("Accept", "")

    def _answer(self, body: bytes, kind: str, *, policy: str = PAGE, **headers: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Content-Security-Policy", policy)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
