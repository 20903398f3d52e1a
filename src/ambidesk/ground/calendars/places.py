"""
Places: on which line of a JSON text each of its parts stands.

For texts that `json` has already taken; keys given twice are found here too.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

Path = tuple[str | int, ...]

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)


def lines_of(text: str) -> tuple[Mapping[Path, int], Path | None]:
    """Give the line of every part by its path, and the first key that is given twice."""
    found: dict[Path, int] = {}
    twice: list[Path] = []
    for path, line in _walked(text):
        if path in found and path:
            twice.append(path)
        found[path] = line
    return found, twice[0] if twice else None


def named(path: Path) -> str:
    """Write a path as people do: hours.mon[0][1]."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".")


def _walked(text: str) -> Iterator[tuple[Path, int]]:
    """Go through the tokens with the path of each value; a level is a key or a place."""
    path: list[str | int] = []
    keys: list[bool] = []
    is_key, line, seen = False, 1, 0
    yield (), 1
    for token in _TOKEN.finditer(text):
        word = token.group()
        line += text.count("\n", seen, token.start())
        seen = token.start()
        match word:
            case "{" | "[":
                if path and not keys[-1]:
                    yield tuple(path), line
                keys.append(word == "{")
                path.append("" if word == "{" else 0)
                is_key = word == "{"
            case "}" | "]":
                keys.pop()
                path.pop()
            case ",":
                is_key = keys[-1]
                if not keys[-1]:
                    path[-1] = int(path[-1]) + 1
            case ":":
                is_key = False
            case _ if is_key:
                path[-1] = json.loads(word)
                yield tuple(path), line
            case _ if path and not keys[-1]:
                yield tuple(path), line
