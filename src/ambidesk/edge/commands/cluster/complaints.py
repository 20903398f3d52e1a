"""What PostgreSQL's own log lines mean, as one sentence with what to do."""

import re
from pathlib import Path

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

TELLING = re.compile(r"(?:FATAL|PANIC|ERROR|error):\s+(.*)")


def full_disk(place: Path) -> Trouble:
    """Say that there is no space."""
    return Trouble(
        _("The disk of %(place)s is full. Free some space on it and start again.")
        % {"place": place}
    )


def explained(log: str, *, data: Path, log_file: Path | None) -> Trouble:
    """Turn the last words of a server that would not run into one sentence."""
    if "No space left on device" in log:
        return full_disk(data)
    if "Permission denied" in log:
        return Trouble(
            _(
                "PostgreSQL may not read or write in %(place)s: %(reason)s. Give the directory "
                "back to the user that runs the database."
            )
            % {"place": data, "reason": _last(log)}
        )
    if "shared memory" in log:
        return Trouble(
            _(
                "PostgreSQL gets no shared memory: %(reason)s. Give the machine or the container "
                "more of it."
            )
            % {"reason": _last(log)}
        )
    if log_file is None:
        return Trouble(
            _("PostgreSQL could not prepare %(place)s: %(reason)s")
            % {"place": data, "reason": _last(log)}
        )
    return Trouble(
        _("PostgreSQL does not start: %(reason)s (all it said is in %(log)s).")
        % {"reason": _last(log), "log": log_file}
    )


def _last(log: str) -> str:
    told = TELLING.findall(log)
    if told:
        return str(told[0]).strip()
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    return lines[-1] if lines else _("it said nothing")
