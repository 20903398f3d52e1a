"""The reading process: one picture comes in, what its codes say goes out as JSON."""

import json
import sys
from typing import Final

import zxingcpp
from PIL import Image

from ambidesk.ground.files.codes.limits import CHARACTERS, CODES, LONGEST_SIDE, SMALL_SIDE
from ambidesk.ground.files.decoding import answer, opened

FORMATS: Final = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.DataMatrix]
)


def _read(content: bytes) -> bytes:
    picture = opened(content, mode="L", side=LONGEST_SIDE).convert("L")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.BILINEAR)
    found = _codes(picture)
    if not found and max(picture.size) < SMALL_SIDE:
        width, height = picture.size
        found = _codes(picture.resize((width * 2, height * 2), Image.Resampling.BICUBIC))
    return json.dumps(found).encode()


def _codes(picture: Image.Image) -> list[str]:
    width, height = picture.size
    seen = memoryview(picture.tobytes()).cast("B", (height, width))
    found = zxingcpp.read_barcodes(seen, formats=FORMATS)
    return list(dict.fromkeys(code.text[:CHARACTERS] for code in found))[:CODES]


if __name__ == "__main__":
    sys.exit(answer(_read))
