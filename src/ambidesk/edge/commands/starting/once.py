"""A command of ours that runs once, such as the migrations; its last words are the reason."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from ambidesk.edge.commands.leash import leashed
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.supervising.logs import last_line
from ambidesk.edge.commands.supervising.part import PROGRAM
from ambidesk.edge.commands.trouble import EXIT_CODE, Trouble


def run_once(command: Sequence[str], *, environment: Mapping[str, str], log_file: Path) -> str:
    """
    Run the command and give what it printed.

    Raises:
        Trouble: it failed.
    """
    with log_file.open("ab") as log:
        done = subprocess.run(
            leashed([*PROGRAM, *command]),
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd="/",
            check=False,
        )
    if done.returncode == EXIT_CODE:
        raise Trouble(last_line(log_file))
    if done.returncode:
        raise Trouble(
            _("“ambidesk %(command)s” failed: %(reason)s (all it said is in %(log)s)")
            % {"command": " ".join(command), "reason": last_line(log_file), "log": log_file}
        )
    return done.stdout.decode()
