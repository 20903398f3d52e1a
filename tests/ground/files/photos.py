"""Photos of labels for tests: drawn as the desk draws its own, then treated as phones do."""

import io

import segno
import zxingcpp
from PIL import Image, ImageFilter


def label(text: str, *, scale: int = 8) -> Image.Image:
    """A QR code as on a printed label."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=scale, border=4)
    return Image.open(drawn).convert("L")


def matrix(text: str, *, scale: int = 8) -> Image.Image:
    """A DataMatrix code as makers put it on their plates."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix)
    seen = zxingcpp.write_barcode_to_image(code, scale=scale)
    return Image.frombytes("L", (seen.shape[1], seen.shape[0]), bytes(seen))


def wall(*codes: Image.Image, size: tuple[int, int] = (1600, 1200)) -> Image.Image:
    """A grey wall with labels on it, side by side."""
    seen = Image.new("L", size, 190)
    x = 60
    for code in codes:
        seen.paste(code, (x, 80))
        x += code.width + 120
    return seen


def rotated(seen: Image.Image, degrees: float) -> Image.Image:
    """As somebody holds the phone."""
    return seen.rotate(degrees, expand=True, fillcolor=190)


def blurred(seen: Image.Image, radius: float) -> Image.Image:
    """As a hand shakes."""
    return seen.filter(ImageFilter.GaussianBlur(radius))


def saved(seen: Image.Image, kind: str = "JPEG") -> bytes:
    """The file that the phone sends."""
    kept = io.BytesIO()
    seen.save(kept, kind)
    return kept.getvalue()
