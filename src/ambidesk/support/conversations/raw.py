"""
Raw content of items: small ones lie in the row, larger ones packed in the file store.

What lies in the file store is on disk before the row that names it is committed; no item shares
its file with another, so that forgetting one never touches its twin.
"""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

import zstandard

from ambidesk.ground.files import storing
from ambidesk.support.conversations.models import IntakeItem

IN_ROW_BYTES: Final = 64 * 1024


def keep(raw: bytes, *, channel_id: int, external_key: str) -> bytes | None:
    """Bring large content to the file store; return what is to lie in the row, None for those."""
    if len(raw) <= IN_ROW_BYTES:
        return raw
    packed = zstandard.ZstdCompressor(level=3).compress(raw)
    storing.put(_path(channel_id, external_key), packed)
    return None


def raw_of(item: IntakeItem) -> bytes:
    """Read what came in, byte by byte as it came; empty once it was erased."""
    if item.raw is not None:
        return bytes(item.raw)
    packed = _path(item.channel_id, item.external_key).read_bytes()
    return zstandard.ZstdDecompressor().decompress(packed, max_output_size=item.size_bytes)


def forget(items: Iterable[int]) -> None:
    """Blank what came in."""
    rows = IntakeItem.objects.filter(pk__in=list(items))
    files = list(rows.filter(raw=None).values_list("channel_id", "external_key"))
    rows.update(raw=b"", envelope={})
    for channel_id, external_key in files:
        _path(channel_id, external_key).unlink(missing_ok=True)


def _path(channel_id: int, external_key: str) -> Path:
    name = sha256(f"{channel_id}:{external_key}".encode()).hexdigest()
    return storing.path_of(name).with_suffix(".zst")
