"""
The leash: a process that ends when its parent ends, even by kill -9.

Run as a script it drops privileges, ties the leash and becomes the command: in this order, for a
change of user unties it. The parent is the *thread* that started the process (Source: prctl(2)),
so children are started from the main thread. Standard library only: it also runs with -I -S.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1
PARENT_IS_GONE = 75


def die_with_parent(parent: int, sign: signal.Signals = signal.SIGKILL) -> None:
    """Ask the kernel to send `sign` to this process as soon as its parent ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(sign), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    # It may have ended between our start and the line above.
    if os.getppid() != parent:
        sys.exit(PARENT_IS_GONE)


def leashed(
    command: Sequence[str],
    *,
    sign: signal.Signals = signal.SIGKILL,
    account: tuple[int, int] | None = None,
) -> list[str]:
    """Wrap a command: it runs as `account` (uid, gid) and gets `sign` when the caller ends."""
    uid, gid = account or (-1, -1)
    script = os.path.abspath(__file__)  # noqa: PTH100 - this file starts without pathlib
    tie = [str(int(sign)), str(os.getpid()), str(uid), str(gid)]
    return [sys.executable, "-I", "-S", script, *tie, *command]


def main() -> None:
    """Become the command that the arguments name."""
    sign, parent, uid, gid = (int(word) for word in sys.argv[1:5])
    command = sys.argv[5:]
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    die_with_parent(parent, signal.Signals(sign))
    os.execvp(command[0], command)  # noqa: S606 - a list, no shell


if __name__ == "__main__":
    main()
