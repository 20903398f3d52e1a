"""Crash points: named places where a test has the process killed, to see what is lost."""

import os
import signal


def crash_point(name: str) -> None:
    """Kill this process, as a loss of power would, where a test asked for it by name."""
    if os.environ.get("CRASH_AT") == name and os.environ.get("AMBIDESK_TEST_FAULTS") == "1":
        os.kill(os.getpid(), signal.SIGKILL)
