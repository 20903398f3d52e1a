"""
Raw content of items: small ones lie in the row, larger ones packed in the file store.

What lies in the file store is on disk before the row that names it is committed.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import zstandard

from ambidesk.ground.files import storing
from ambidesk.support.conversations.models import IntakeItem

IN_ROW_BYTES: Final = 64 * 1024


def keep(raw: bytes, digest: str) -> bytes | None:
    """Bring large content to the file store; return what is to lie in the row, None for those."""
    if len(raw) <= IN_ROW_BYTES:
        return raw
    storing.put(_path(digest), zstandard.ZstdCompressor(level=3).compress(raw))
    return None


def raw_of(item: IntakeItem) -> bytes:
    """Read what came in, byte by byte as it came; empty once it was erased."""
    if item.raw is not None:
        return bytes(item.raw)
    return zstandard.ZstdDecompressor().decompress(
        _path(item.digest).read_bytes(), max_output_size=item.size_bytes
    )


def forget(items: Iterable[int]) -> None:
    """Blank what came in; a file that another item shares stays for that one."""
    rows = IntakeItem.objects.filter(pk__in=list(items))
    digests = set(rows.filter(raw=None).values_list("digest", flat=True))
    rows.update(raw=b"", envelope={})
    shared = IntakeItem.objects.filter(digest__in=digests, raw=None)
    for digest in digests - set(shared.values_list("digest", flat=True)):
        _path(digest).unlink(missing_ok=True)


def _path(digest: str) -> Path:
    return storing.path_of(digest).with_suffix(".zst")
