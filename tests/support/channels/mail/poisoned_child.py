"""The parser process with a hook: mails that say so take for ever, eat memory, crash or lie."""

import os
import re
import signal
import sys
import time
from pathlib import Path

from ambidesk.support.channels.mail.parsing import child

read = child.parse


def loop() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(3600)


def memory() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(16 * 1024 * 1024))


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    os._exit(0)


def noise() -> None:
    sys.stdout.buffer.write(b"\xff" * 64)
    sys.stdout.buffer.flush()


def file() -> None:
    Path("/tmp/parser-wrote-this").write_bytes(b"x")


def interrupt() -> None:
    raise KeyboardInterrupt


HOOKS = {
    each.__name__.encode(): each
    for each in (loop, sleep, memory, crash, leave, noise, file, interrupt)
}
MARK = re.compile(rb"X-Poison: (\w+)")


def poisoned(raw: bytes):
    found = MARK.search(raw)
    if found:
        HOOKS[found[1]]()
    return read(raw)


if __name__ == "__main__":
    child.parse = poisoned
    child.main(*map(int, sys.argv[1:]))
