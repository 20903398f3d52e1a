"""
The stream: server-sent events that carry hints, never content.

Topics are checked when they are subscribed to, and after a gap in which nobody would have heard
that somebody lost access; whoever loses it loses the stream.
Source: WHATWG HTML Living Standard 9.2 "Server-sent events".
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from ambidesk.ground.kernel.realtime.hub import Hub, Listener

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Tell = Callable[[Mapping[str, str]], str]
KEEP_ALIVE_SECONDS = 15.0
TOPICS_AT_MOST = 60
STREAMS_AT_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a browser asks with: the path, headers by name in small letters, cookies, topics."""

    path: str
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """
    Who may listen, and to which topics; visitors of sites are negative numbers.

    Where `is_named` is not set, a hint says its note and not what it is about, save that topics of
    `kinds` have an event of their own. `origin` may read the answer.
    """

    user: int
    topics: frozenset[str]
    is_named: bool = True
    kinds: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    at_most: int = STREAMS_AT_MOST


# None turns the caller away. Runs in a thread: it asks the database.
Admit = Callable[[Asked], Admission | None]


class Stream:
    """The ASGI application behind /stream."""

    def __init__(self, hub: Hub, admit: Admit) -> None:
        self._hub = hub
        self._admit = admit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _asked(scope)
        admission = await self._admitted(asked)
        if admission is None:
            await _refuse(send, 401)
        elif self._hub.streams_of(admission.user) >= admission.at_most:
            await _refuse(send, 429)
        else:
            await self._stream(asked, admission, receive=receive, send=send)

    async def _admitted(self, asked: Asked) -> Admission | None:
        """Admit, and anew where a right was taken meanwhile: who waits does not hear of it yet."""
        while True:
            known, gaps = self._hub.revocations, self._hub.gaps
            admission = await asyncio.to_thread(self._admit, asked)
            if admission is None:
                return None
            is_heard = gaps == self._hub.gaps
            if is_heard and not self._hub.is_revoked_since(known, admission.user):
                return admission

    async def _still_admitted(self, asked: Asked, admission: Admission) -> bool:
        """Whether they would be admitted now to all that they listen to."""
        now = await self._admitted(asked)
        return now is not None and now.user == admission.user and now.topics >= admission.topics

    async def _stream(
        self, asked: Asked, admission: Admission, *, receive: Receive, send: Send
    ) -> None:
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
                        *_opened_to(admission.origin),
                    ],
                }
            )
            await _write(send, "retry: 2000\nevent: open\ndata: {}\n\n")
            tell = _named if admission.is_named else partial(_nameless, kinds=admission.kinds)
            still = partial(self._still_admitted, asked, admission)
            await self._pass_on(listener, leaving, still=still, send=send, tell=tell)
        finally:
            self._hub.leave(listener)
            leaving.cancel()
            with suppress(OSError, RuntimeError):
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _pass_on(
        self,
        listener: Listener,
        leaving: "asyncio.Task[None]",
        *,
        still: Callable[[], Awaitable[bool]],
        send: Send,
        tell: Tell,
    ) -> None:
        while not leaving.done() and not listener.is_closed:
            awake = asyncio.create_task(listener.awake.wait())
            await asyncio.wait(
                {awake, leaving}, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            awake.cancel()
            if listener.is_in_doubt:
                listener.is_in_doubt = False
                if not await still():
                    return
            hints = listener.fetch()
            if leaving.done():
                return
            await _write(send, tell(hints) or ": still here\n\n")


def _named(hints: Mapping[str, str]) -> str:
    return "".join(f"event: hint\ndata: {json.dumps({'topic': t})}\n\n" for t in hints)


def _nameless(hints: Mapping[str, str], *, kinds: Mapping[str, str]) -> str:
    """One event of a kind; a hint without a note is to be asked for, whatever else is told."""
    events: dict[str, list[str]] = {}
    for topic, note in hints.items():
        events.setdefault(kinds.get(topic, "hint"), []).append(note)
    return "".join(
        f"event: {event}\ndata: {json.dumps({'notes': notes} if all(notes) else {})}\n\n"
        for event, notes in events.items()
    )


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


def _asked(scope: Scope) -> Asked:
    query = parse_qs(scope["query_string"].decode("latin-1"))
    topics = [topic for part in query.get("topics", []) for topic in part.split(",") if topic]
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for name, value in scope["headers"]:
        headers[name.decode("latin-1").lower()] = value.decode("latin-1")
        if name == b"cookie":
            for part in value.decode("latin-1").split(";"):
                key, _equals, content = part.strip().partition("=")
                cookies[key] = content
    return Asked(
        path=scope["path"],
        headers=headers,
        cookies=cookies,
        topics=tuple(topics[:TOPICS_AT_MOST]),
    )


def _opened_to(origin: str) -> list[tuple[bytes, bytes]]:
    if not origin:
        return []
    return [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"Origin")]
