"""Servers: a simulator is a server on loopback that answers, fails as asked, and remembers."""

import json
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit


class Fault(StrEnum):
    """What a messenger does on bad days."""

    TOO_MANY = "too-many"
    BROKEN = "broken"
    # It takes the message and closes the connection without a word.
    DROPS_AFTER = "drops-after"
    # It closes the connection and takes nothing.
    DROPS_BEFORE = "drops-before"
    # It takes the message and never answers.
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, its body read by its type."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    fields: Mapping[str, Any]
    files: Mapping[str, tuple[str, bytes]]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer."""

    status: int = 200
    value: Any = None
    content: bytes | None = field(default=None, repr=False)
    content_type: str = "application/json"

    @property
    def body(self) -> bytes:
        """What goes out."""
        return self.content if self.content is not None else json.dumps(self.value).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """Something that the desk sent and the messenger took."""

    to: int
    name: str
    text: str
    file: tuple[str, bytes] | None = None
    buttons: tuple[Mapping[str, Any], ...] = ()


class Simulator:
    """A server in a thread; subclasses say how requests are answered."""

    def __init__(self, *, port: int = 0) -> None:
        self.ledger: list[Arrived] = []
        # What became of messages that the bot changed, in the order of the changes.
        self.edits: list[Arrived] = []
        self.faults: deque[Fault] = deque()
        self.lock = threading.RLock()
        self.let_go = threading.Event()
        handler = type("Handler", (_Handler,), {"simulator": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _fault: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        """End it; who waits for an answer gets none."""
        self.let_go.set()
        self._server.shutdown()
        self._server.server_close()

    def fail(self, *faults: Fault) -> None:
        """Have the next messages meet these faults, one each."""
        with self.lock:
            self.faults.extend(faults)

    def next_fault(self) -> Fault | None:
        """Take the next fault, where one was asked for."""
        with self.lock:
            return self.faults.popleft() if self.faults else None

    def answer(self, asked: Asked) -> Reply | None:
        """Answer a request; None closes the connection without a word."""
        raise NotImplementedError

    def texts(self, person: int) -> list[str]:
        """What arrived at a person, in order."""
        with self.lock:
            return [each.text for each in self.ledger if each.to == person]


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    simulator: Simulator
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Answer."""
        self._answer()

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 the library calls them so

    def log_message(self, *_told: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        reply = self.simulator.answer(self._asked())
        if reply is None:
            self.close_connection = True
            self.connection.close()
            return
        body = reply.body
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _asked(self) -> Asked:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fields, files = _read(body, self.headers.get("Content-Type", ""))
        return Asked(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query)),
            headers={name.lower(): value for name, value in self.headers.items()},
            fields=fields,
            files=files,
            body=body,
        )


def _read(body: bytes, content_type: str) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    if content_type.startswith("application/json") and body:
        told = json.loads(body)
        return (told if isinstance(told, dict) else {}), {}
    if not content_type.startswith("multipart/form-data"):
        return {}, {}
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    fields: dict[str, Any] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        plain = content if isinstance(content, bytes) else b""
        if part.get_filename() is not None:
            files[name] = (str(part.get_filename()), plain)
        else:
            fields[name] = plain.decode()
    return fields, files
