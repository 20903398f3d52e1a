"""Labels in HTML: the charset a page says of itself in its first bytes.

Source: HTML Living Standard, 13.2.3.2 (prescan).
"""

import re
from typing import Final

_META: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_SCANNED_BYTES: Final = 4_096


def label_in(data: bytes) -> str:
    """Return the charset that HTML names for itself, "" if none or one it cannot be in."""
    found = _META.search(data[:_SCANNED_BYTES])
    label = found[1].decode("ascii").lower() if found else ""
    return "" if label.startswith("utf-16") else label
