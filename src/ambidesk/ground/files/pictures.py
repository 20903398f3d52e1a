"""The size of a picture, told from its head; none is decoded here.

Source: PNG 11.2.2, GIF89a 18, JPEG T.81 B.2.2, WebP container (RFC 9649, 2.5 to 2.7).
"""

import struct

# What a browser may be asked to unpack: a large photograph, no bomb.
MOST_PIXELS = 60_000_000
HEAD_BYTES = 256 * 1024
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def is_showable(head: bytes) -> bool:
    """Say whether the first bytes are those of a picture that may be shown in place."""
    size = size_of(head)
    return size is not None and 0 < size[0] * size[1] <= MOST_PIXELS


def size_of(head: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels, None if the head does not say them."""
    try:
        if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
            return struct.unpack_from(">II", head, 16)
        if head.startswith((b"GIF87a", b"GIF89a")):
            return struct.unpack_from("<HH", head, 6)
        if head.startswith(b"\xff\xd8\xff"):
            return _jpeg(head)
        if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
            return _webp(head)
    except struct.error:
        return None
    return None


def _jpeg(head: bytes) -> tuple[int, int] | None:
    """Step from segment to segment to the first frame."""
    at = 2
    while at + 4 <= len(head):
        marker, kind = head[at], head[at + 1]
        if marker != 0xFF:
            return None
        if kind == 0xFF:
            at += 1
            continue
        if kind in _STANDALONE:
            at += 2
            continue
        if kind in _FRAMES:
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        (length,) = struct.unpack_from(">H", head, at + 2)
        at += 2 + max(length, 2)
    return None


def _webp(head: bytes) -> tuple[int, int] | None:
    match head[12:16]:
        case b"VP8X":
            width, height = head[24:27], head[27:30]
            if len(height) < 3:
                return None
            return int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", head, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", head, 26)
            return width & 0x3FFF, height & 0x3FFF
        case _:
            return None
