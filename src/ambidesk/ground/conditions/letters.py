"""
Letters without case, one by one, as PostgreSQL's lower() does it under C.UTF-8.

Python's own lower() looks at neighbours (Σ) and makes two letters of one (İ).
Source: Unicode Standard 5.18, simple case mappings.
"""

from collections.abc import Iterator

# The one letter whose lower case is two letters to Python and one to Unicode's simple mapping.
DOTTED = {"İ": "i"}


def fold(text: str) -> str:
    """Make all letters small."""
    return "".join(_small(text))


def _small(text: str) -> Iterator[str]:
    for sign in text:
        yield DOTTED.get(sign) or sign.lower()
