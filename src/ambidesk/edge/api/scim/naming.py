"""Naming: what a document or an address names, as directories write names and numbers."""

from collections.abc import Mapping
from typing import Any


def called(given: Mapping[str, Any], name: str) -> Any:
    """A member of a document: names have no case. Source: RFC 7643, 2.1."""
    wanted = name.lower()
    return next((value for key, value in given.items() if key.lower() == wanted), None)


def number_in(given: str) -> int:
    """The number that an id is; zero, which nothing has, where it is none."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 18 else 0
