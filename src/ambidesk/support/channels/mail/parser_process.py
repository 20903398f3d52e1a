"""The parser process as its parent holds it: a mail in, a ParsedMail or a ParserFailed out.

The parent keeps the deadline; a child that misses it, dies or has read its share of mails is
replaced. Safe to share between threads, which then take turns.
"""

import os
import select
import subprocess
import sys
import threading
import time
from contextlib import suppress
from enum import StrEnum
from types import TracebackType
from typing import Final, Self

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.frames import LENGTH, frame
from ambidesk.support.channels.mail.parsing.parsed import ParsedMail
from ambidesk.support.channels.mail.parsing.transport import unpack

CHILD: Final = "ambidesk.support.channels.mail.parsing.child"
_KEPT_ENVIRONMENT: Final = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV")
_ANSWER_BYTES: Final = 4 * limits.MAIL_BYTES
_CHUNK_BYTES: Final = 256 * 1024
# What computes for ever ends by its processor time; by the clock a harmless mail takes long, too,
# where the machine has no time for anybody, and would be set aside for nothing.
DEADLINE_SECONDS: Final = 60.0
CPU_SECONDS: Final = 10


class Failure(StrEnum):
    DEADLINE = "deadline"
    DIED = "died"
    TOO_LARGE = "too-large"
    FAULT = "fault"


class ParserFailed(Exception):  # noqa: N818 - named as what happened, like the refusals
    """The mail could not be read within its limits; it belongs into quarantine."""

    def __init__(self, reason: Failure) -> None:
        super().__init__(reason.value)
        self.reason = reason


class ParserProcess:
    """
    A persistent parser in a process of its own.

    A mail gets `deadline` seconds and `cpu_seconds` of computing; `module` is what the child runs.
    """

    def __init__(
        self,
        *,
        deadline: float = DEADLINE_SECONDS,
        cpu_seconds: int = CPU_SECONDS,
        recycled_after: int = 1_000,
        module: str = CHILD,
    ) -> None:
        self._deadline_seconds = deadline
        self._recycled_after = recycled_after
        self._command = [sys.executable, "-P", "-m", module, str(cpu_seconds)]
        self._child: subprocess.Popen[bytes] | None = None
        self._read = 0
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def parse(self, raw: bytes) -> ParsedMail:
        """
        Read one mail.

        Raises:
            ParserFailed: it was too large or too slow, or the parser broke on it.
        """
        if len(raw) > limits.MAIL_BYTES:
            raise ParserFailed(Failure.TOO_LARGE)
        with self._turn:
            mail = self._parse(raw)
            if Defect.PARSER_FAULT in mail.defects:
                # What broke it may have left it short of memory.
                self._end()
                raise ParserFailed(Failure.FAULT)
        return mail

    def close(self) -> None:
        """End the child; the next mail would start another."""
        with self._turn:
            self._end()

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def _parse(self, raw: bytes) -> ParsedMail:
        child = self._ready()
        try:
            answer = _exchange(child, frame(raw), until=time.monotonic() + self._deadline_seconds)
            mail = unpack(answer)
        except (OSError, EOFError, ValueError) as fault:
            self._end()
            is_late = isinstance(fault, TimeoutError)
            raise ParserFailed(Failure.DEADLINE if is_late else Failure.DIED) from fault
        except BaseException:
            self._end()
            raise
        self._read += 1
        if self._read >= self._recycled_after:
            self._end()
        return mail

    def _ready(self) -> subprocess.Popen[bytes]:
        """Return a living child; one that died between mails is no mail's fault."""
        if self._child is not None and self._child.poll() is not None:
            self._end()
        if self._child is None:
            self._child = _start(self._command)
            self._read = 0
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(ProcessLookupError):
            child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept,
        bufsize=0,
        start_new_session=True,
    )
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            os.set_blocking(pipe.fileno(), False)
    return child


def _exchange(child: subprocess.Popen[bytes], request: bytes, *, until: float) -> bytes:
    """Send a request and return the answer to it, within the deadline."""
    if child.stdin is None or child.stdout is None:
        raise EOFError
    source, sink = child.stdout.fileno(), child.stdin.fileno()
    left = memoryview(request)
    answer = bytearray()
    wanted = LENGTH.size
    while len(answer) < wanted:
        can_read, can_write = _wait(source, sink if left else None, until=until)
        if can_write:
            left = left[os.write(sink, left[:_CHUNK_BYTES]) :]
        if can_read:
            wanted = _take(source, answer)
    return bytes(answer[LENGTH.size :])


def _take(source: int, answer: bytearray) -> int:
    """Read what is there and return how long the answer will be."""
    chunk = os.read(source, _CHUNK_BYTES)
    if not chunk:
        raise EOFError
    answer += chunk
    if len(answer) < LENGTH.size:
        return LENGTH.size
    (length,) = LENGTH.unpack_from(answer)
    if length > _ANSWER_BYTES:
        raise EOFError
    return LENGTH.size + int(length)


def _wait(source: int, sink: int | None, *, until: float) -> tuple[bool, bool]:
    left = until - time.monotonic()
    poll = select.poll()
    poll.register(source, select.POLLIN)
    if sink is not None and left > 0:
        poll.register(sink, select.POLLOUT)
    ready = {descriptor for descriptor, _ in poll.poll(max(left, 0) * 1000)}
    # An answer that is there is taken, also where we were not let run in time to see it come.
    if not ready and left <= 0:
        raise TimeoutError
    return source in ready, sink in ready
