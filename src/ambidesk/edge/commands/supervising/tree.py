"""
The tree of a desk's parts.

A part that ends is started again, soon at first and then ever later; a desk whose parts never
worked is not started at all.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.supervising.logs import last_line, shorten
from ambidesk.edge.commands.supervising.part import Part
from ambidesk.edge.commands.trouble import EXIT_CODE, Trouble

LOOK_SECONDS = 0.1
LOG_LOOK_SECONDS = 60
FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0
# A part that worked this long was well: its next fall starts from the first delay again.
WELL_SECONDS = 60
FIRST_TRIES = 3


@dataclass(kw_only=True)
class _Branch:
    part: Part
    started_at: float
    delay: float = FIRST_DELAY_SECONDS
    due_at: float | None = None
    falls: int = 0


@dataclass(kw_only=True)
class Tree:
    """The running parts, in the order of their start."""

    say: Callable[[str], None]
    _branches: list[_Branch] = field(default_factory=list, init=False)

    def start(self, part: Part) -> None:
        """Start a part; `await_working` waits for it."""
        self._branches.append(_Branch(part=part, started_at=time.monotonic()))
        part.start()

    def await_working(self, part: Part) -> None:
        """
        Wait until a part that was started does its work.

        Raises:
            Trouble: it or another part ended again and again or for a reason that it named, or
                it runs and does not work.
        """
        deadline = time.monotonic() + part.starts_within_seconds
        while not part.answers():
            self._look_after()
            for branch in self._branches:
                if branch.part.ended() == EXIT_CODE:
                    raise Trouble(last_line(branch.part.log_file))
                if branch.falls >= FIRST_TRIES:
                    raise _does_not_start(branch.part)
            if time.monotonic() > deadline:
                raise _does_not_start(part)
            time.sleep(LOOK_SECONDS)

    def watch(self) -> None:
        """Look after the parts until a signal interrupts."""
        looked_at = time.monotonic()
        while True:
            self._look_after()
            if time.monotonic() - looked_at > LOG_LOOK_SECONDS:
                looked_at = time.monotonic()
                for branch in self._branches:
                    shorten(branch.part.log_file)
            time.sleep(LOOK_SECONDS)

    def stop(self, *, at_once: bool = False) -> None:
        """Stop the parts, the last started first; what does not end in time is ended."""
        while self._branches:
            part = self._branches[-1].part
            part.ask_to_stop()
            deadline = time.monotonic() + (0 if at_once else part.patience_seconds)
            while part.ended() is None and time.monotonic() < deadline:
                time.sleep(LOOK_SECONDS / 5)
            part.kill()
            self._branches.pop()

    def _look_after(self) -> None:
        now = time.monotonic()
        for branch in list(self._branches):
            if branch.part.is_once and branch.part.ended() == 0:
                self._branches.remove(branch)
                continue
            if branch.due_at is None and branch.part.ended() is not None:
                self._plan_restart(branch, now)
            if branch.due_at is not None and now >= branch.due_at:
                self._restart(branch, now)

    def _restart(self, branch: _Branch, now: float) -> None:
        branch.due_at, branch.started_at = None, now
        try:
            branch.part.start()
        except (OSError, Trouble) as wrong:
            # A full disk or a busy place passes; the other parts go on meanwhile.
            self.say(str(wrong))
            branch.due_at = now + LONGEST_DELAY_SECONDS

    def _plan_restart(self, branch: _Branch, now: float) -> None:
        if now - branch.started_at > WELL_SECONDS:
            branch.delay, branch.falls = FIRST_DELAY_SECONDS, 0
        branch.falls += 1
        branch.due_at = now + branch.delay
        self.say(
            _(
                "The part “%(part)s” ended (%(code)s): %(reason)s. "
                "It is started again in %(seconds)s s."
            )
            % {
                "part": branch.part.name,
                "code": branch.part.ended(),
                "reason": last_line(branch.part.log_file).rstrip("."),
                "seconds": branch.delay,
            }
        )
        branch.delay = min(branch.delay * 2, LONGEST_DELAY_SECONDS)


def _does_not_start(part: Part) -> Trouble:
    return Trouble(
        _("The part “%(part)s” does not start: %(reason)s (all it said is in %(log)s)")
        % {"part": part.name, "reason": last_line(part.log_file).rstrip("."), "log": part.log_file}
    )
