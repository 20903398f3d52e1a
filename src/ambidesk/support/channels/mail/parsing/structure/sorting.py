"""Sorting: which leaves are read and which are files.

A text that says a file name is a file, unless it is all there is to read.
"""

from typing import Final

from ambidesk.support.channels.mail.parsing.structure.naming import name_of
from ambidesk.support.channels.mail.parsing.structure.tree import Part

READ_AS_TEXT: Final = frozenset(
    {
        "text/plain",
        "text/enriched",
        "text/richtext",
        "text/markdown",
        "text/x-markdown",
        "text/text",
    }
    | {"text/unknown", "text/us-ascii"}
)
_LOOKED_AT_BYTES: Final = 4_096
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\f\r\x1b")
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
READ_AS_HTML: Final = frozenset({"text/html", "application/xhtml+xml", "text/htm"})


def is_read(leaf: Part, *, is_root: bool, parent: str) -> bool:
    """Tell whether a leaf is text of the mail itself."""
    if leaf.content_type not in READ_AS_TEXT | READ_AS_HTML:
        return False
    if leaf.disposition == "attachment":
        return False
    if not name_of(leaf):
        return True
    return is_root or parent == "multipart/alternative"


def is_binary(content: bytes) -> bool:
    """Tell whether content that is called text cannot be any."""
    head = content[:_LOOKED_AT_BYTES]
    if b"\x00" not in head or head.startswith(_WIDE_MARKS) or _is_wide(head):
        return False
    controls = sum(byte in _CONTROLS for byte in head)
    return controls * 20 > len(head)


def _is_wide(head: bytes) -> bool:
    """Tell whether every other byte is nought, as in UTF-16 without a mark."""
    return max(head[::2].count(0), head[1::2].count(0)) * 4 > len(head)


def is_inline(leaf: Part) -> bool:
    """Tell whether a file stands in the text: the text refers to it, or it asks to."""
    if leaf.disposition == "attachment":
        return False
    if leaf.disposition == "inline":
        return True
    return leaf.content_type.startswith("image/") and bool(content_id_of(leaf))


def content_id_of(leaf: Part) -> str:
    return leaf.fields.raw("content-id").strip().strip("<>").strip()
