"""Lines of rendered text: white space folded as a browser does, quotes marked by `>`."""

import re
from typing import Final

_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE: Final = re.compile("[\u200b\u200c\u2060\ufeff\u00ad\u034f\u200e\u200f\u2028\u2029]+")
_DEEPEST: Final = 30


class Lines:
    """Collects text and breaks; each line keeps the depth of quoting it was written at."""

    __slots__ = (
        "_current",
        "_depth",
        "_done",
        "_gap",
        "_is_blank_inked",
        "_is_kept",
        "_tight_from",
    )

    def __init__(self) -> None:
        self._done: list[str] = []
        self._current: list[str] = []
        self._gap = False
        self._depth = 0
        self._is_kept = 0
        self._is_blank_inked = False
        self._tight_from = 0

    def add(self, text: str) -> None:
        seen = _INVISIBLE.sub("", text)
        if self._is_kept:
            self._keep(seen)
            return
        folded = _SPACE.sub(" ", seen).replace("\xa0", " ")
        if not self._current or self._current[-1].endswith((" ", "\t")):
            folded = folded.lstrip(" ") if "\xa0" not in seen[:1] else folded
        self._is_blank_inked = self._is_blank_inked or "\xa0" in seen
        if folded:
            self._current.append(folded)

    def break_line(self) -> None:
        """End the line here, be it empty."""
        self._flush(even_empty=True)

    def block(self) -> None:
        """End the line if anything is on it."""
        self._flush(even_empty=False)

    def paragraph(self) -> None:
        """End the line and leave one empty line before what follows."""
        self.block()
        self._gap = True

    def open_tight(self) -> None:
        """Begin a paragraph without a gap, which is a line even where it holds nothing."""
        self.block()
        self._tight_from = len(self._done)

    def close_tight(self) -> None:
        self._flush(even_empty=len(self._done) == self._tight_from)

    def rule(self) -> None:
        self.block()

    def cell(self) -> None:
        if self._current and self._current[-1].strip():
            self._current.append(" ")

    def item(self) -> None:
        self.block()
        self._current.append("- ")

    def quote(self) -> None:
        self.block()
        self._depth += 1

    def unquote(self) -> None:
        self.block()
        self._depth -= 1

    def keep_spaces(self) -> None:
        self._is_kept += 1

    def fold_spaces(self) -> None:
        self.block()
        self._is_kept -= 1

    def text(self) -> str:
        self.block()
        return "\n".join(self._done).strip("\n")

    def _keep(self, text: str) -> None:
        first, *others = text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")
        self._current.append(first)
        for other in others:
            self._flush(even_empty=True)
            self._current.append(other)

    def _flush(self, *, even_empty: bool) -> None:
        line = "".join(self._current).rstrip()
        self._current = []
        is_seen = bool(line.strip()) or even_empty or self._is_blank_inked
        self._is_blank_inked = False
        if not is_seen:
            return
        mark = "> " * min(self._depth, _DEEPEST)
        if self._gap and self._done and line.strip() and self._done[-1].strip("> "):
            self._done.append(mark.rstrip())
        if line.strip():
            self._gap = False
        self._done.append((mark + line).rstrip() if line else mark.rstrip())
