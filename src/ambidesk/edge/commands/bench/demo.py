"""The demo: how soon its first page comes, when its story is told, what it holds at rest."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

from ambidesk.edge.commands.gauging.figures import Figure, say
from ambidesk.edge.commands.gauging.memory import held_by
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.leash import leashed
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.ports import free_port
from ambidesk.edge.commands.supervising.part import PROGRAM
from ambidesk.edge.commands.trouble import Trouble

HOST = "127.0.0.1"
GOAL_SECONDS, GOAL_TOLD_SECONDS, GOAL_MIB = 15.0, 60.0, 700.0
REST_SECONDS = 30
PATIENCE_SECONDS = 300
HTTP_BAD = 400
STRANGE = ("DATABASE_URL", "AMBIDESK_DATA", "AMBIDESK_BASE_URL", "DJANGO_SETTINGS_MODULE")


@dataclass(kw_only=True)
class Opened:
    """A demo that runs: when it was begun, and what it said when it was ready."""

    place: Path
    began: float
    told: Mapping[str, object]


def run(order: Order, *, url: str) -> Sequence[Figure]:  # noqa: ARG001 a demo has its own
    """Start a demo as people do, in a directory of its own."""
    with _demo() as opened:
        _open_first_page(str(opened.told["url"]))
        first = monotonic() - opened.began
        say(_("The first page came after %(seconds).1f s.") % {"seconds": first})
        while _is_telling(opened.place) and monotonic() - opened.began < PATIENCE_SECONDS:
            sleep(0.2)
        told = monotonic() - opened.began
        say(_("The story was told after %(seconds).1f s.") % {"seconds": told})
        sleep(order.seconds or REST_SECONDS)
        held = held_by(opened.place)
    for words, mib in sorted(held.items(), key=lambda each: -each[1]):
        say(f"  {mib:6.1f} MiB  {words}")
    return (
        Figure(name="to the first page", value=first, unit="s", goal=GOAL_SECONDS),
        Figure(name="until the story is told", value=told, unit="s", goal=GOAL_TOLD_SECONDS),
        Figure(name="memory at rest", value=sum(held.values()), unit="MiB PSS", goal=GOAL_MIB),
    )


@contextmanager
def _demo() -> Iterator[Opened]:
    with tempfile.TemporaryDirectory(prefix="ambidesk-demo-", ignore_cleanup_errors=True) as name:
        place = Path(name) / "data"
        Path(name).chmod(0o711)
        ports = ("--port", free_port(HOST, 28100), "--smtp-port", free_port(HOST, 22626))
        words = ["demo", "--json", "--data", str(place), *map(str, ports)]
        kept = {key: value for key, value in os.environ.items() if key not in STRANGE}
        began = monotonic()
        process = subprocess.Popen(
            leashed([*PROGRAM, *words]), env=kept, stdout=subprocess.PIPE, stderr=sys.stderr
        )
        try:
            line = process.stdout.readline() if process.stdout else b""
            if not line:
                raise Trouble(_("The demo did not start; its reason stands above."))
            yield Opened(place=place, began=began, told=json.loads(line))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _open_first_page(url: str) -> None:
    parts = urlsplit(url)
    line = HTTPConnection(parts.hostname or HOST, parts.port, timeout=60)
    line.request("GET", "/account/login/")
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status >= HTTP_BAD:
        raise Trouble(_("The first page answered %(status)s.") % {"status": answer.status})


def _is_telling(place: Path) -> bool:
    return any("story tell" in words for words in held_by(place))
