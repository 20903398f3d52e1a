"""Files of the story: small real pictures and documents, drawn rather than copied."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from math import isqrt
from random import Random

WIDTH, HEIGHT, FACE = 480, 320, 256
ENCLOSED = {
    "original.eml": """From: Liftcare Billing <billing@liftcare.example>
To: <accounts@freshline.example>
Subject: Your invoice 77120
Content-Type: text/plain; charset=utf-8

Please find attached our invoice 77120 for the call-out to Station Road.
""",
    "invite.ics": """BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:site-walk@northgate.example
SUMMARY:Site walk, Northgate Centre
DTSTART:20261203T100000Z
DTEND:20261203T113000Z
LOCATION:Loading bay, gate B
END:VEVENT
END:VCALENDAR
""",
}
Colour = tuple[int, int, int]
SKIN: Colour = (236, 200, 168)


def content_of(name: str, *, seed: int) -> bytes:
    """The content of a file of this name; a few variants exist of each."""
    dice = Random(f"{name} {seed % 4}")  # noqa: S311 a story, no secret
    if name.endswith(".png"):
        return picture(dice)
    if name.endswith(".pdf"):
        return document(dice, name=name.removesuffix(".pdf"))
    if name in ENCLOSED:
        return ENCLOSED[name].replace("\n", "\r\n").encode()
    return "\n".join(_readings(dice)).encode()


def picture(dice: Random) -> bytes:
    """
    A photograph of sorts: a room, a box of an appliance, and a mark on it.

    Source: PNG (Portable Network Graphics) Specification, W3C, third edition.
    """
    wall, floor, body, mark = (_colour(dice) for _ in range(4))
    left, top = dice.randrange(60, 180), dice.randrange(30, 90)
    right, bottom = left + dice.randrange(140, 240), 280
    spot = (dice.randrange(left + 20, right - 20), dice.randrange(top + 30, bottom - 30))
    rows = []
    for y in range(HEIGHT):
        light = 1.1 - y / HEIGHT / 2
        row = bytearray(bytes(_lit(floor if y > 250 else wall, light)) * WIDTH)
        if top <= y < bottom:
            row[left * 3 : right * 3] = bytes(_lit(body, light)) * (right - left)
        half = 26 - abs(y - spot[1])
        if half > 0:
            row[(spot[0] - half) * 3 : (spot[0] + half) * 3] = bytes(mark) * (2 * half)
        rows.append(b"\x00" + bytes(row))
    return _png(rows, width=WIDTH)


def portrait(*, seed: int) -> bytes:
    """A photograph of somebody, of sorts: a wall, a head with hair, shoulders in a jacket."""
    dice = Random(f"portrait {seed}")  # noqa: S311 a story, no secret
    wall, jacket, hair = (_colour(dice) for _ in range(3))
    rows = []
    for y in range(FACE):
        row = bytearray(bytes(_lit(wall, 1.1 - y / FACE / 3)) * FACE)
        for colour, middle, radius in (
            (jacket, (128, 300), 118),
            (_lit(hair, 0.6), (128, 98), 62),
            (SKIN, (128, 116), 52),
        ):
            half = isqrt(max(radius**2 - (y - middle[1]) ** 2, 0))
            row[(middle[0] - half) * 3 : (middle[0] + half) * 3] = bytes(colour) * (2 * half)
        rows.append(b"\x00" + bytes(row))
    return _png(rows, width=FACE)


def document(dice: Random, *, name: str) -> bytes:
    """
    A page with a heading, a table of amounts and a total.

    Source: ISO 32000-1, 7.5 for the structure of the file.
    """
    lines = [f"BT /F1 20 Tf 60 770 Td ({name.replace('_', ' ').upper()}) Tj ET"]
    total, y = 0, 720
    for place in range(1, dice.randrange(4, 9)):
        pieces, price = dice.randrange(1, 6), dice.randrange(150, 9000)
        total += pieces * price
        lines.append(f"BT /F1 11 Tf 60 {y} Td ({place}.  Item {dice.randrange(1000, 9999)}) Tj ET")
        lines.append(f"BT /F1 11 Tf 330 {y} Td ({pieces} x {price}.00) Tj ET")
        lines.append(f"60 {y - 6} m 535 {y - 6} l 0.3 w S")
        y -= 26
    lines.append(f"BT /F1 14 Tf 330 {y - 10} Td (Total {total}.00) Tj ET")
    stream = "\n".join(lines).encode("ascii", "replace")
    fonts = b"/Resources << /Font << /F1 5 0 R >> >>"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>" % fonts,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    return _file(objects)


def _file(objects: tuple[bytes, ...]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def _readings(dice: Random) -> Iterator[str]:
    yield "time;temperature"
    degrees = 4.0
    for minute in range(0, 24 * 60, 15):
        degrees += dice.uniform(-0.3, 0.34)
        yield f"{minute // 60:02}:{minute % 60:02};{degrees:.1f}"


def _png(rows: Sequence[bytes], *, width: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, len(rows), 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(rows), 6)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", pixels), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def _colour(dice: Random) -> Colour:
    return dice.randrange(90, 230), dice.randrange(90, 230), dice.randrange(90, 230)


def _lit(colour: Colour, light: float) -> Colour:
    red, green, blue = (min(255, int(part * light)) for part in colour)
    return red, green, blue
