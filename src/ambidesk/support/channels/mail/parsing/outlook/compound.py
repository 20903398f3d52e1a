"""Compound files: the streams of an OLE file by path, as .msg files are made.

Source: Microsoft MS-CFB 2.
"""

import struct
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER: Final = struct.Struct("<H H 6x I I I 4x I I I I I")
_HEADER_AT: Final = 30
_DIFAT_AT: Final = 76
_ENTRY_BYTES: Final = 128
_ENTRY: Final = struct.Struct("<64s H B B I I I 36x I Q")
_LAST: Final = 0xFFFFFFFA
_NONE: Final = 0xFFFFFFFF
_STREAM: Final = 2
_STORAGE: Final = 1
_ROOT: Final = 5
_MOST_ENTRIES: Final = 5_000
_MOST_DEPTH: Final = 6


class CompoundFile:
    """
    An OLE file in memory; broken chains end where they break, and streams that share sectors give
    no more in all than twice what the file holds.

    Raises:
        ValueError: it is none.
    """

    def __init__(self, raw: bytes) -> None:
        if not raw.startswith(SIGNATURE) or len(raw) < 512:
            raise ValueError("not a compound file")
        self._raw = raw
        (shift, mini_shift, _, _, directory, self._cutoff, mini, _, difat, _) = _unpack_head(raw)
        if shift not in {9, 12} or mini_shift != 6:
            raise ValueError("unknown sector size")
        self._left = 2 * len(raw)
        self._sector_bytes = 1 << shift
        self._mini_bytes = 1 << mini_shift
        self._fat = self._read_fat(difat)
        entries = self._chain(directory)
        self._entries = [
            _ENTRY.unpack_from(entries, at)
            for at in range(0, min(len(entries), _MOST_ENTRIES * _ENTRY_BYTES) - 127, _ENTRY_BYTES)
        ]
        self._mini_fat = _longs(self._chain(mini))
        root = self._entries[0] if self._entries else None
        self._mini_stream = self._chain(int(root[7])) if root else b""

    def streams(self) -> dict[str, bytes]:
        """Return all streams by their path, names joined by `/`."""
        found: dict[str, bytes] = {}
        if self._entries:
            self._walk(int(self._entries[0][6]), "", found=found, depth=0)
        return found

    def _walk(self, first: int, path: str, *, found: dict[str, bytes], depth: int) -> None:
        pending = [first]
        seen: set[int] = set()
        while pending:
            index = pending.pop()
            if index >= len(self._entries) or index in seen:
                continue
            seen.add(index)
            name, length, kind, _, left, right, child, start, size = self._entries[index]
            pending += [left, right]
            title = path + name[: max(length - 2, 0)].decode("utf-16-le", "replace")
            if kind == _STREAM:
                found[title] = self._stream(start, min(size, self._left))
                self._left -= len(found[title])
            elif kind == _STORAGE and depth < _MOST_DEPTH:
                self._walk(child, f"{title}/", found=found, depth=depth + 1)

    def _stream(self, start: int, size: int) -> bytes:
        if size >= self._cutoff:
            return self._chain(start, most=size)[:size]
        pieces: list[bytes] = []
        seen = 0
        while start < _LAST and start < len(self._mini_fat) and seen * self._mini_bytes < size:
            at = start * self._mini_bytes
            pieces.append(self._mini_stream[at : at + self._mini_bytes])
            start = self._mini_fat[start]
            seen += 1
        return b"".join(pieces)[:size]

    def _chain(self, start: int, *, most: int | None = None) -> bytes:
        pieces: list[bytes] = []
        sectors = len(self._fat) if most is None else -(-most // self._sector_bytes)
        while start < _LAST and start < len(self._fat) and len(pieces) < sectors:
            pieces.append(self._sector(start))
            start = self._fat[start]
        return b"".join(pieces)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._sector_bytes
        return self._raw[at : at + self._sector_bytes]

    def _read_fat(self, difat: int) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._raw, _DIFAT_AT))
        most = len(self._raw) // self._sector_bytes + 1
        while difat < _LAST and len(sectors) < most:
            more = _longs(self._sector(difat))
            if not more:
                break
            sectors += more[:-1]
            difat = more[-1]
        fat: list[int] = []
        for sector in sectors:
            if sector < most:
                fat += _longs(self._sector(sector))
        return fat


def _unpack_head(raw: bytes) -> tuple[int, ...]:
    return _HEADER.unpack_from(raw, _HEADER_AT)


def _longs(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
