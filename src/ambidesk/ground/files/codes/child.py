"""
The reading process: one picture from standard input, what its codes say as JSON to standard output.

It sees neither Django nor the database nor a secret; limits of memory and CPU time end it. Its
head has said how large the picture is before anything is unpacked.
"""

import io
import json
import sys
from typing import Final

import zxingcpp
from PIL import Image

from ambidesk.ground.files.codes.limits import (
    CHARACTERS,
    CODES,
    CPU_SECONDS,
    LONGEST_SIDE,
    MEMORY_BYTES,
    NO_PICTURE,
    SMALL_SIDE,
)
from ambidesk.ground.files.confining import confine
from ambidesk.ground.files.pictures import MOST_PIXELS

# Decoders that are in use every day; what else a picture could be is not tried.
DECODERS: Final = ("JPEG", "PNG", "WEBP", "GIF")
FORMATS: Final = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.DataMatrix]
)


def main() -> int:
    """Read, write, end."""
    confine(memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS)
    try:
        picture = _grey(sys.stdin.buffer.read())
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        # Pillow says so of what is broken, cut off or no picture at all.
        return NO_PICTURE
    found = _codes(picture)
    if not found and max(picture.size) < SMALL_SIDE:
        width, height = picture.size
        found = _codes(picture.resize((width * 2, height * 2), Image.Resampling.BICUBIC))
    sys.stdout.write(json.dumps(found))
    return 0


def _grey(content: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    opened = Image.open(io.BytesIO(content), formats=DECODERS)
    width, height = opened.size
    if not 0 < width * height <= MOST_PIXELS:
        raise Image.DecompressionBombError
    # A JPEG is unpacked no larger than it is needed.
    opened.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
    picture: Image.Image = opened
    if opened.mode in {"RGBA", "LA", "P", "PA"}:
        # What is seen through is white, as on paper.
        clear = opened.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        picture = Image.alpha_composite(white, clear)
    grey = picture.convert("L")
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.BILINEAR)
    return grey


def _codes(picture: Image.Image) -> list[str]:
    width, height = picture.size
    seen = memoryview(picture.tobytes()).cast("B", (height, width))
    found = zxingcpp.read_barcodes(seen, formats=FORMATS)
    return list(dict.fromkeys(code.text[:CHARACTERS] for code in found))[:CODES]


if __name__ == "__main__":
    sys.exit(main())
