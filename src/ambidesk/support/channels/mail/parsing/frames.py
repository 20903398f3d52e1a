"""Frames: one length and that many bytes, both ways between the parser process and its parent."""

import struct
from typing import Final

LENGTH: Final = struct.Struct(">Q")


def frame(data: bytes) -> bytes:
    return LENGTH.pack(len(data)) + data
