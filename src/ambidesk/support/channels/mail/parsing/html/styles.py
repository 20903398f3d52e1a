"""Styles of strangers: declarations whose values neither load anything nor leave their box.

Which properties are allowed is the cleaner's matter; here it is what they may say.
"""

import re
from typing import Final

_DECLARATION: Final = re.compile(r"(?:[^;\"']|\"[^\"]*\"|'[^']*')+")
# A value may compute a colour or a size; every other function could load or overlay something.
_HARMLESS: Final = re.compile(r"\b(?:rgba?|hsla?|calc|min|max|clamp)\(", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r"[\\@<>{}(]|/\*|javascript:|\bfixed\b|\bsticky\b", re.IGNORECASE)
# A box of a million pixels covers or pushes away what stands around it.
_HUGE: Final = re.compile(r"(?<![#\w])[-+]?(?:\d{5,}|\d*\.?\d+e\+?\d)", re.IGNORECASE)
_LONGEST: Final = 10_000


def safe_style(style: str) -> str:
    """Return a style attribute without the declarations that must not be."""
    kept = [one.strip() for one in _DECLARATION.findall(style[:_LONGEST]) if _is_safe(one)]
    return ";".join(one for one in kept if one)


def _is_safe(declaration: str) -> bool:
    value = declaration.partition(":")[2]
    is_huge = _HUGE.search(value) is not None
    return not is_huge and _FORBIDDEN.search(_HARMLESS.sub("", value)) is None
