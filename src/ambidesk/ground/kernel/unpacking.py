"""Unpacking: JSON that a stranger sent; whatever is wrong with it is one error."""

import json
from typing import Any, Final

# Deeper than anybody means it, and long before whoever walks through it runs out of stack.
DEEPEST: Final = 60


class NotJson(ValueError):  # noqa: N818 says what is wrong
    """It is no JSON, or nests like no honest one does."""


def unpacked(text: str | bytes) -> Any:
    """
    Read JSON.

    Raises:
        NotJson: it is none, or lies within itself more than 60 times.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise NotJson from wrong
    level = [value]
    for _depth in range(DEEPEST):
        level = [inner for each in level for inner in _within(each)]
        if not level:
            return value
    raise NotJson


def _within(value: object) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
