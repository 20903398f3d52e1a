"""
Visitors of a widget, all of them in a process of their own: open streams, words, answers read.

Instants are of the machine's monotonic clock, which its processes share; a word carries its own.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.queues import SimpleQueue
from time import monotonic, process_time
from uuid import uuid4

HINT, OPENED = b"event: hint", b"event: open"
AT_A_TIME = 40
OPENING_SECONDS = 240.0
MARK = "at "
LATE_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Whom to play: tokens of all that are open, tickets of those who talk, operators' cookies."""

    port: int
    key: str
    origin: str
    tokens: Sequence[str]
    tickets: Sequence[int]
    cookies: Sequence[str]
    topics_each: int
    per_second: float
    seconds: float


@dataclass(slots=True, kw_only=True)
class Heard:
    """
    What was measured, in milliseconds.

    `desk` is from a word's request to the hint at its operator, `acknowledged` to the answer that
    it is on disk, `visitor` from the desk's answer to its words at the visitor; `share` is how much
    of one processor the visitors themselves took, in percent.
    """

    desk: list[float] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)
    visitor: list[float] = field(default_factory=list)
    failed: int = 0
    said: int = 0
    read: int = 0
    share: float = 0.0


def play(plan: Plan, told: "SimpleQueue[object]") -> None:
    """Open everything, say so, talk for as long as planned, and tell what was heard."""
    told.put(asyncio.run(_Crowd(plan, told).run()))


class _Crowd:
    def __init__(self, plan: Plan, told: "SimpleQueue[object]") -> None:
        self.plan, self.told, self.heard = plan, told, Heard()
        self.under_way: dict[int, float] = {}
        self.newest: dict[int, int] = {}
        self.known: defaultdict[int, set[int]] = defaultdict(set)
        self.speaking: dict[int, asyncio.Event] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> Heard:
        gate = asyncio.Semaphore(AT_A_TIME)
        plan = self.plan
        async with asyncio.timeout(OPENING_SECONDS):
            await asyncio.gather(
                *(self._visit(number, gate) for number in range(len(plan.tokens))),
                *(self._attend(number, gate) for number in range(len(plan.cookies))),
            )
        self.told.put("open")
        began, worked = monotonic(), process_time()
        number = 0
        while (now := monotonic()) < began + plan.seconds:
            self._start(self._say(number % len(plan.tickets)))
            number += 1
            await asyncio.sleep(max(0.0, began + number / plan.per_second - now))
        self.heard.share = (process_time() - worked) / (monotonic() - began) * 100
        await asyncio.sleep(LATE_SECONDS)
        self.heard.failed += len(self.under_way)
        return self.heard

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _visit(self, number: int, gate: asyncio.Semaphore) -> None:
        headers = self._headers(number)
        path = f"/widget/{self.plan.key}/stream"
        await self._open(path, headers, gate, hinted=lambda line: self._hinted(number, line))

    async def _attend(self, number: int, gate: asyncio.Semaphore) -> None:
        each = self.plan.topics_each
        mine = self.plan.tickets[number * each : (number + 1) * each]
        path = "/stream?topics=" + ",".join(f"ticket:{ticket}" for ticket in mine)
        await self._open(path, {"Cookie": self.plan.cookies[number]}, gate, hinted=self._at_desk)

    async def _open(
        self,
        path: str,
        headers: Mapping[str, str],
        gate: asyncio.Semaphore,
        *,
        hinted: Callable[[bytes], None],
    ) -> None:
        async with gate:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.plan.port)
            writer.write(_request("GET", path, headers))
            while OPENED not in (line := await reader.readline()):
                if not line:
                    raise OSError(f"{path} was not opened")

        async def listen() -> None:
            with suppress(OSError, asyncio.IncompleteReadError):
                while line := await reader.readline():
                    if line.startswith(b"data: {"):
                        hinted(line)
            writer.close()

        self._start(listen())

    def _at_desk(self, line: bytes) -> None:
        found = json.loads(line.removeprefix(b"data: ") or b"{}").get("topic", "")
        began = self.under_way.pop(int(found.partition(":")[2] or 0), None) if found else None
        if began is not None:
            self.heard.desk.append((monotonic() - began) * 1000)

    def _hinted(self, number: int, line: bytes) -> None:
        if number < len(self.plan.tickets):
            notes = json.loads(line.removeprefix(b"data: ")).get("notes", [])
            self._start(self._read_news(number, notes))

    async def _read_news(self, number: int, notes: Sequence[str]) -> None:
        """As the script does: what is here already is not asked for."""
        if notes and (under_way := self.speaking.get(number)):
            await under_way.wait()
        if not notes or any(int(note) not in self.known[number] for note in notes):
            await self._read(number)

    async def _say(self, number: int) -> None:
        ticket = self.plan.tickets[number]
        began = self.under_way[ticket] = monotonic()
        body = {"key": str(uuid4()), "text": "Where is my parcel? I have waited for three days."}
        over = self.speaking[number] = asyncio.Event()
        status, told = await self._ask("POST", "words", number, body)
        if isinstance(told, dict) and "message" in told:
            self.known[number].add(told["message"]["id"])
        over.set()
        self.heard.said += 1
        self.heard.failed += status != 201
        self.heard.acknowledged.append((monotonic() - began) * 1000)

    async def _read(self, number: int) -> None:
        after = self.newest.get(number, 0)
        _status, told = await self._ask("GET", "talk", number, None, after=after)
        messages = told.get("messages", []) if isinstance(told, dict) else []
        self.heard.read += 1
        self.known[number] |= {each["id"] for each in messages}
        for each in messages:
            if each["id"] > self.newest.get(number, 0):
                self.newest[number] = each["id"]
                if not each["mine"] and each["text"].startswith(MARK):
                    began = float(each["text"].removeprefix(MARK))
                    self.heard.visitor.append((monotonic() - began) * 1000)

    async def _ask(
        self, method: str, path: str, number: int, body: object, *, after: int = 0
    ) -> tuple[int, object]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.plan.port)
        content = json.dumps(body).encode() if body else b""
        headers = {
            **self._headers(number),
            "X-After": str(after),
            "Content-Type": "application/json",
            "Connection": "close",
        }
        writer.write(_request(method, f"/widget/{self.plan.key}/{path}", headers, content))
        answer = await reader.read()
        writer.close()
        head, _gap, told = answer.partition(b"\r\n\r\n")
        return int(head[9:12] or 0), json.loads(told) if told.startswith(b"{") else {}

    def _headers(self, number: int) -> Mapping[str, str]:
        token = self.plan.tokens[number]
        return {"Origin": self.plan.origin, "Authorization": f"Visitor {token}"}


def _request(method: str, path: str, headers: Mapping[str, str], content: bytes = b"") -> bytes:
    lines: Iterable[str] = (
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Length: {len(content)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content
