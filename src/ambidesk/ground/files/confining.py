"""
Confining: what a child process that reads strangers' files gives up before it reads.

It is started without Django, the database or a secret; from here on it can write no file, start
nothing, and ends when it needs more memory or time than it was given.
"""

import ctypes
import os
import resource
import sys
from typing import Final

_PR_SET_NO_NEW_PRIVS: Final = 38
_OPEN_FILES: Final = 32
_KEPT_ENVIRONMENT: Final = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "VIRTUAL_ENV")


def confine(*, memory_bytes: int, cpu_seconds: int) -> None:
    """Give up all that reading does not need."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, resource.getrlimit(resource.RLIMIT_NPROC)[1]))


def kept_environment() -> dict[str, str]:
    """Give what a child is told of the surroundings: where its programs lie, and no secret."""
    return {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
