"""Codes on photos are read within limits, and no picture harms whoever reads it."""

import struct
import zlib

import pytest

from ambidesk.ground.files import asking
from ambidesk.ground.files.asking import CONTENT_BYTES, NoPicture
from ambidesk.ground.files.codes.reading import codes_in
from tests.ground.files.photos import blurred, label, matrix, rotated, saved, wall

ADDRESS = "https://desk.example/a/abcdefghijklmnopqrstuvwx"


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG whose head says a size, whatever its data are."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", data), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


HOSTILE = {
    "nothing": b"",
    "pdf": b"%PDF-1.7 no picture",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
    "cut": saved(wall(label(ADDRESS)))[:900],
    "bomb": png(30_000, 30_000, zlib.compress(b"\0" * 1000)),
    "broken": png(1000, 1000, b"not deflated"),
    "hollow": b"\xff\xd8\xff" + b"\0" * 100,
    "heavy": b"\x89PNG\r\n\x1a\n" + b"x" * CONTENT_BYTES,
}


@pytest.mark.parametrize(
    "photo",
    [
        saved(wall(label(ADDRESS))),
        saved(rotated(wall(label(ADDRESS)), 33)),
        saved(rotated(wall(label(ADDRESS)), 180), "WEBP"),
        saved(blurred(wall(label(ADDRESS)), 3)),
        saved(wall(label(ADDRESS, scale=2), size=(640, 480))),
        saved(wall(label(ADDRESS), size=(6000, 4000))),
        saved(label(ADDRESS).convert("P"), "GIF"),
    ],
    ids=["plain", "askew", "upside-down", "blurred", "small", "large", "drawn"],
)
def test_our_label_is_read_however_it_was_photographed(photo: bytes) -> None:
    assert codes_in(photo) == (ADDRESS,)


def test_a_makers_plate_and_two_labels_are_read_each_once() -> None:
    assert codes_in(saved(wall(matrix("SN-4711")))) == ("SN-4711",)
    both = codes_in(saved(wall(label(ADDRESS), label("SN-2"), label("SN-2"))))
    assert sorted(both) == sorted([ADDRESS, "SN-2"])


def test_a_wall_without_a_label_says_nothing() -> None:
    assert codes_in(saved(wall())) == ()


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_picture_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(NoPicture, match="no photo that can be read"):
        codes_in(content)


def test_of_what_unpacks_to_more_than_its_head_says_no_more_is_unpacked() -> None:
    swollen = zlib.compress(b"\0" * 200_000_000, 9)
    assert codes_in(png(1000, 1000, swollen)) == ()


def test_a_picture_that_takes_too_long_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WALL_SECONDS", 0.001)
    with pytest.raises(NoPicture):
        codes_in(saved(wall(label(ADDRESS))))
