"""
The stream: server-sent events that carry hints, never content.

Topics are checked when they are subscribed to; whoever loses access loses the stream.
Source: WHATWG HTML Living Standard 9.2 "Server-sent events".
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from ambidesk.ground.kernel.realtime.hub import Hub, Listener

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
KEEP_ALIVE_SECONDS = 15.0
TOPICS_AT_MOST = 60
STREAMS_AT_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Who may listen, and to which of the topics they asked for."""

    user: int
    topics: frozenset[str]


# Cookies and topics in; None turns the caller away. Runs in a thread: it asks the database.
Admit = Callable[[Mapping[str, str], Iterable[str]], Admission | None]


class Stream:
    """The ASGI application behind /stream."""

    def __init__(self, hub: Hub, admit: Admit) -> None:
        self._hub = hub
        self._admit = admit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        asked = [topic for part in query.get("topics", []) for topic in part.split(",") if topic]
        cookies = _cookies(scope)
        admission = await asyncio.to_thread(self._admit, cookies, asked[:TOPICS_AT_MOST])
        if admission is None:
            await _refuse(send, 401)
        elif self._hub.streams_of(admission.user) >= STREAMS_AT_MOST:
            await _refuse(send, 429)
        else:
            await self._stream(admission, receive, send)

    async def _stream(self, admission: Admission, receive: Receive, send: Send) -> None:
        listener = Listener(user=admission.user, topics=admission.topics)
        self._hub.join(listener)
        leaving = asyncio.create_task(_left(receive))
        try:
            await send(
                {
                    "type": "http.response.start",
                    "status": 200,
                    "headers": [
                        (b"content-type", b"text/event-stream; charset=utf-8"),
                        (b"cache-control", b"no-store"),
                        (b"x-accel-buffering", b"no"),
                    ],
                }
            )
            await _write(send, "retry: 2000\nevent: open\ndata: {}\n\n")
            await self._pass_on(listener, leaving, send)
        finally:
            self._hub.leave(listener)
            leaving.cancel()
            with suppress(OSError, RuntimeError):
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _pass_on(self, listener: Listener, leaving: "asyncio.Task[None]", send: Send) -> None:
        while not leaving.done() and not listener.is_closed:
            awake = asyncio.create_task(listener.awake.wait())
            await asyncio.wait(
                {awake, leaving}, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            awake.cancel()
            hints = listener.fetch()
            if leaving.done():
                return
            words = "".join(f"event: hint\ndata: {json.dumps({'topic': t})}\n\n" for t in hints)
            await _write(send, words or ": still here\n\n")


async def _left(receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return


async def _write(send: Send, words: str) -> None:
    await send({"type": "http.response.body", "body": words.encode(), "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _cookies(scope: Scope) -> Mapping[str, str]:
    cookies: dict[str, str] = {}
    for name, value in scope["headers"]:
        if name == b"cookie":
            for part in value.decode("latin-1").split(";"):
                key, _equals, content = part.strip().partition("=")
                cookies[key] = content
    return cookies
