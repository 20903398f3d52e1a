"""Exchanges on loopback that keep what is published of their protocols, with a ledger."""

import json
import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import md5, sha1, sha256
from hmac import new as hmac
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ambidesk.support.channels.kit.server import Asked, Reply, Simulator

SOUND = b"ID3\x04\x00 a recorded call"


@dataclass
class Manager:
    """An Asterisk: greets, wants a login before anything else, answers by ActionID, tells events."""

    secret: str = "amp111"
    actions: list[dict[str, str]] = field(default_factory=list)
    under_way: list[dict[str, str]] = field(default_factory=list)
    port: int = 0
    _lines: list[socket.socket] = field(default_factory=list)

    def tell(self, **event: str) -> None:
        """Tell all who signed in of an event."""
        for line in list(self._lines):
            with suppress(OSError):
                line.sendall(block(event))

    def hang_up(self) -> None:
        """Break every connection."""
        for line in self._lines:
            line.shutdown(socket.SHUT_RDWR)
        self._lines.clear()

    def serve(self, line: socket.socket) -> None:
        """Serve one connection."""
        line.sendall(b"Asterisk Call Manager/9.0.0\r\n")
        rest, may = b"", False
        with suppress(OSError):
            while more := line.recv(65536):
                rest += more
                while b"\r\n\r\n" in rest:
                    raw, _end, rest = rest.partition(b"\r\n\r\n")
                    told = dict(each.split(": ", 1) for each in raw.decode().split("\r\n"))
                    self.actions.append(told)
                    may = self._answer(line, told, may=may)

    def _answer(self, line: socket.socket, told: dict[str, str], *, may: bool) -> bool:
        action = {"ActionID": told["ActionID"]}
        if told["Action"] == "Login":
            may = told["Secret"] == self.secret
            words = "Authentication accepted" if may else "Authentication failed"
            said = {"Response": "Success" if may else "Error", "Message": words}
            line.sendall(block({**said, **action}))
            if may:
                line.sendall(block({"Event": "FullyBooted", "Status": "Fully Booted"}))
            return may
        if not may:
            line.sendall(block({"Response": "Error", "Message": "Permission denied", **action}))
            return may
        line.sendall(block({"Response": "Success", **action}))
        if told["Action"] == "CoreShowChannels":
            # Whoever has heard of a call may go on at once, so what comes next must find the line.
            self._lines.append(line)
            for each in self.under_way:
                line.sendall(block({"Event": "CoreShowChannel", **action, **each}))
        return may


def block(fields: dict[str, str]) -> bytes:
    """A block as it goes over the wire."""
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode() + b"\r\n"


@contextmanager
def asterisk() -> Iterator[Manager]:
    """Run one on a port of its own."""
    manager = Manager()
    door = socket.create_server(("127.0.0.1", 0))
    manager.port = door.getsockname()[1]

    def accept() -> None:
        with suppress(OSError):
            while True:
                line, _address = door.accept()
                threading.Thread(target=manager.serve, args=(line,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield manager
    finally:
        door.close()
        manager.hang_up()


class MangoCloud(Simulator):
    """It checks the signature of each command and redirects to recordings."""

    key, salt = "k" * 32, "s" * 32

    def sign(self, text: str) -> str:
        """SHA-256 of key, text and salt."""
        return sha256(f"{self.key}{text}{self.salt}".encode()).hexdigest()

    def form(self, told: dict[str, Any]) -> str:
        """An event as it calls webhooks."""
        text = json.dumps(told)
        return urlencode({"vpbx_api_key": self.key, "sign": self.sign(text), "json": text})

    def answer(self, asked: Asked) -> Reply | None:
        """Answer a command, or hand out a recording."""
        if asked.path.endswith("/sound"):
            return Reply(content=SOUND, content_type="audio/mpeg")
        form = dict(parse_qsl(asked.body.decode()))
        if form.get("sign") != self.sign(form.get("json", "")):
            return Reply(status=401, value={"result": 3105})
        self.commands.append((asked.path, json.loads(form["json"])))
        if "recording" in asked.path:
            return Reply(content=SOUND, content_type="audio/mpeg")
        return Reply(value={"result": 1000})

    def __init__(self) -> None:
        super().__init__()
        self.commands: list[tuple[str, dict[str, Any]]] = []


class NovofonCloud(Simulator):
    """It checks key and signature over method, sorted query and its MD5."""

    key, secret = "nk", "ns"

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[tuple[str, dict[str, str]]] = []

    def sign(self, text: str) -> str:
        """Base64 of the hexadecimal HMAC-SHA1."""
        digest = hmac(self.secret.encode(), text.encode(), sha1).hexdigest()
        return b64encode(digest.encode()).decode()

    def answer(self, asked: Asked) -> Reply | None:
        """Answer a request, or hand out a recording."""
        if asked.path.endswith("/sound"):
            return Reply(content=SOUND, content_type="audio/mpeg")
        sent = urlencode(sorted(asked.query.items()))
        due = self.sign(f"{asked.path}{sent}{md5(sent.encode()).hexdigest()}")  # noqa: S324 theirs
        headers = {name.lower(): value for name, value in asked.headers.items()}
        if headers.get("authorization") != f"{self.key}:{due}":
            return Reply(status=401, value={"status": "error", "message": "Not authorized"})
        self.requests.append((asked.path, dict(asked.query)))
        return Reply(value={"status": "success", "link": f"{self.url}/sound"})


class UisCloud(Simulator):
    """JSON-RPC that wants its token."""

    token = "t" * 20

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[dict[str, Any]] = []

    def answer(self, asked: Asked) -> Reply | None:
        """Answer a method, or hand out a recording."""
        if asked.path.endswith("/sound"):
            return Reply(content=SOUND, content_type="audio/mpeg")
        told = json.loads(asked.body)
        if told["params"].get("access_token") != self.token:
            return Reply(value={"error": {"message": "Access token is invalid"}})
        self.calls.append(told)
        return Reply(value={"jsonrpc": "2.0", "id": told["id"], "result": {"data": {}}})
