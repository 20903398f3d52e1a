"""The command line as a real process."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass

from tests.ports import free_port

PROGRAM = [sys.executable, "-m", "ambidesk.edge.commands"]
STRANGE = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "LC_ALL", "LANG", "LC_MESSAGES")


def environment(**more):
    """The environment of a console that knows nothing of a desk."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("AMBIDESK_") and name not in STRANGE
    }
    if "AMBIDESK_PG_BIN" in os.environ:
        kept["AMBIDESK_PG_BIN"] = os.environ["AMBIDESK_PG_BIN"]
    return kept | {"LANG": "C.UTF-8"} | more


def ambidesk(*words, seconds=600, stdin=None, **more):
    """Run a command to its end."""
    return subprocess.run(
        [*PROGRAM, *map(str, words)],
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
        input=stdin,
    )


def one_sentence(done):
    """What a wrong configuration must look like; gives the sentence."""
    assert done.returncode == 2, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    return lines[-1]


@dataclass
class Running:
    """A desk that runs, and what it printed when it was ready."""

    process: subprocess.Popen
    place: object
    url: str = ""
    smtp: str = ""
    sink: str | None = None
    site: str | None = None
    messengers: str | None = None
    first_administrator: str | None = None
    logins: tuple = ()

    def stop(self, sign=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(sign)
        code = self.process.wait(300)
        self.process.stdout.close()
        return code


def start(place, *, demo=False, **more):
    """Start a desk and wait until it says that it is ready."""
    ports = ["--port", str(free_port()), "--smtp-port", str(free_port())]
    words = ["demo" if demo else "up", "--data", str(place), "--json", *ports]
    complaints = (place.parent / f"{place.name}.console").open("w+")
    process = subprocess.Popen(
        [*PROGRAM, *words],
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=complaints,
        text=True,
    )
    line = process.stdout.readline()
    complaints.seek(0)
    assert line, complaints.read()
    complaints.close()
    return Running(process=process, place=place, **json.loads(line))
