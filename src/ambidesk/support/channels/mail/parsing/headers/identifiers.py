"""Identifiers: Message-ID, In-Reply-To and References, without their angle brackets.

Source: RFC 5322, 3.6.4.
"""

import re
from typing import Final

from ambidesk.support.channels.mail.parsing import limits

_BRACKETED: Final = re.compile(r"<([^<>]*)>")
_BARE: Final = re.compile(r"(?<![^\s<>,;()\"])[^\s<>,;()\"]+@[^\s<>,;()\"]+")
_SPACE: Final = re.compile(r"\s+|\([^()<>]*\)")


def read_identifiers(text: str) -> tuple[str, ...]:
    """Return the message ids in a header, in order, each once."""
    found = [_SPACE.sub("", one) for one in _BRACKETED.findall(text)]
    found = [one for one in found if one] or _BARE.findall(text)
    return tuple(dict.fromkeys(found))[-limits.REFERENCES :]


def read_identifier(text: str) -> str:
    """Return the one message id a header holds; what has no form at all is taken whole."""
    found = read_identifiers(text)
    return found[0] if found else _SPACE.sub("", text.strip().strip("<>"))
