"""
What is said while a desk starts.

For people lines that grow; with --json those go to stderr, and stdout gets one line at the end.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from ambidesk.edge.commands.speech import gettext as _


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """The console, as people or as programs read it."""

    as_json: bool

    def say(self, sentence: str) -> None:
        """Print one sentence."""
        print(sentence, file=sys.stderr if self.as_json else sys.stdout, flush=True)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Say that a step is done, and how long it took."""
        began = time.monotonic()
        yield
        seconds = time.monotonic() - began
        self.say(_("  %(name)s: ready (%(seconds).1f s)") % {"name": name, "seconds": seconds})

    def report(self, found: Mapping[str, object]) -> None:
        """Print the one line that programs read."""
        if self.as_json:
            print(json.dumps(found, ensure_ascii=False), flush=True)  # noqa: T201
