"""
Decoding: a picture is unpacked, in a confined process only and within its limits.

Its head has said how large it is before anything is unpacked.
"""

import io
import sys
from collections.abc import Callable
from typing import Final

from PIL import Image

from ambidesk.ground.files.confining import confine
from ambidesk.ground.files.pictures import MOST_PIXELS

# Decoders that are in use every day; what else a picture could be is not tried.
DECODERS: Final = ("JPEG", "PNG", "WEBP", "GIF")
CPU_SECONDS: Final = 6
MEMORY_BYTES: Final = 768 * 1024 * 1024
NO_PICTURE: Final = 3


def answer(read: Callable[[bytes], bytes]) -> int:
    """Confined, read a picture from standard input and write what is made of it; the exit code."""
    confine(memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS)
    try:
        made = read(sys.stdin.buffer.read())
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        # Pillow says so of what is broken, cut off or no picture at all.
        return NO_PICTURE
    sys.stdout.buffer.write(made)
    return 0


def opened(content: bytes, *, mode: str, side: int) -> Image.Image:
    """Unpack a picture; a JPEG no larger than it is needed, what is seen through white."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    found = Image.open(io.BytesIO(content), formats=DECODERS)
    width, height = found.size
    if not 0 < width * height <= MOST_PIXELS:
        raise Image.DecompressionBombError
    found.draft(mode, (side, side))
    picture: Image.Image = found
    if found.mode in {"RGBA", "LA", "P", "PA"}:
        # What is seen through is white, as on paper.
        clear = found.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        picture = Image.alpha_composite(white, clear)
    return picture
