"""A tiny chat of one's own that speaks with Ambidesk; plain Python, no packages.

    python chat.py --hook https://desk.example.com/hooks/api/0123... --secret whsec_... --port 8099

Settings, Messengers, Own channel: enter the same secret, and the address of this program.
What you type goes to the desk as the visitor "anna"; what the desk answers is printed.
"""

import argparse
import base64
import hashlib
import hmac
import json
import threading
import time
import urllib.request
import uuid
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Chat:
    """One side of the talk: signs what it says, and checks what it is told."""

    def __init__(self, secret: str) -> None:
        self._key = base64.b64decode(secret.removeprefix("whsec_"))
        self.told: dict[str, dict] = {}

    def said(self, who: str, text: str, name: str = "") -> tuple[bytes, dict[str, str]]:
        """Body and headers of a message to the desk; the same `id` again is the same message."""
        key = uuid.uuid4().hex
        body = json.dumps({"id": key, "sender": {"id": who, "name": name}, "text": text}).encode()
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "webhook-id": key,
            "webhook-timestamp": stamp,
            "webhook-signature": self._signature(key, stamp, body),
        }
        return body, headers

    def take(self, headers: Mapping[str, str], body: bytes) -> int:
        """Take what the desk calls with; give the status to answer with."""
        key, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        right = self._signature(key, stamp, body)
        shown = headers.get("webhook-signature", "").split()
        if not any(hmac.compare_digest(right, each) for each in shown):
            return 401
        if not stamp.isdecimal() or abs(time.time() - int(stamp)) > 300:
            return 401
        told = json.loads(body)
        if told["type"] == "message" and key not in self.told:
            self.told[key] = told["data"]
            print(f"{told['data']['to']}: {told['data']['text']}", flush=True)
        return 200

    def serve(self, port: int) -> ThreadingHTTPServer:
        """Listen for the desk."""
        chat = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(chat.take(self.headers, body))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_words: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    def _signature(self, key: str, stamp: str, body: bytes) -> str:
        signed = f"{key}.{stamp}.".encode() + body
        digest = hmac.new(self._key, signed, hashlib.sha256).digest()
        return "v1," + base64.b64encode(digest).decode()


def main() -> None:
    """Talk until the end of input."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--hook", required=True)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--port", type=int, default=8099)
    given = parser.parse_args()
    chat = Chat(given.secret)
    chat.serve(given.port)
    while True:
        try:
            text = input()
        except EOFError:
            return
        body, headers = chat.said("anna", text, name="Anna")
        urllib.request.urlopen(urllib.request.Request(given.hook, body, headers)).close()


if __name__ == "__main__":
    main()
