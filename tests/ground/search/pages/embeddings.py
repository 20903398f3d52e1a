"""A small server of vectors on loopback, as OpenAI's are asked for; what means one thing is near."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from ambidesk.edge.commands.cluster.binaries import installed

MEANINGS = (
    ("print", "cartridge", "toner", "печат", "картридж", "чернил"),
    ("lift", "elevator", "лифт", "подъёмник"),
    ("refund", "money", "return", "вернуть", "возврат", "деньги"),
)


def has_vectors() -> bool:
    """Say whether the PostgreSQL of the tests brings pgvector along; Debian's own does not."""
    programs = Path(installed().program("postgres")).parent
    asked = [programs / "pg_config", "--sharedir"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    return (Path(told) / "extension" / "vector.control").exists()


class Server:
    """What was asked of it, and how it is to answer."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.status = 200
        self.told: object = None
        self.refused = ""
        self.url = ""

    def answer(self, body: dict[str, Any]) -> object:
        """Vectors in any order, each with its index."""
        if self.told is not None:
            return self.told
        found = [
            {"object": "embedding", "index": place, "embedding": vector(text)}
            for place, text in enumerate(body["input"])
        ]
        return {"object": "list", "model": body["model"], "data": found[::-1]}


def vector(text: str) -> list[float]:
    """One direction for each meaning; what has none points elsewhere."""
    small = text.lower()
    found = [float(any(word in small for word in words)) for words in MEANINGS]
    return [*found, 0.0 if any(found) else 1.0]


@contextmanager
def serving() -> Iterator[Server]:
    """Serve while it lasts."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append({"path": self.path, **body})
            server.headers.append(dict(self.headers))
            told = json.dumps(server.answer(body)).encode()
            is_refused = server.refused and server.refused in "".join(body["input"])
            self.send_response(400 if is_refused else server.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=http.serve_forever, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
