"""The cutting process: one photo comes in, the portrait goes out as JPEG."""

import io
import sys
from typing import Final

from PIL import Image, ImageOps

from ambidesk.ground.files.decoding import answer, opened

# Twice what the largest place shows, for screens with two dots where others have one.
SIDE: Final = 256
# Above the middle: nobody is cut off at the forehead.
CENTRE: Final = (0.5, 0.35)


def _cut(content: bytes) -> bytes:
    # Upright as the camera says; where and when it was taken goes with the rest of what it notes.
    upright = ImageOps.exif_transpose(opened(content, mode="RGB", side=2 * SIDE)).convert("RGB")
    face = ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS, centering=CENTRE)
    made = io.BytesIO()
    face.save(made, format="JPEG", quality=85, optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    sys.exit(answer(_cut))
