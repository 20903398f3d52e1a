"""The type and size of content, told from its bytes and from nothing else."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.files.content import RASTERS, type_of
from ambidesk.ground.files.pictures import is_showable, size_of


def png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    checked = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + checked
        + struct.pack(">I", zlib.crc32(checked))
    )


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x00\x00\x00;"


def jpeg(width: int, height: int, *segments: bytes) -> bytes:
    before = b"".join(b"\xff\xe1" + struct.pack(">H", len(each) + 2) + each for each in segments)
    frame = struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + before + b"\xff\xc0" + frame + b"\xff\xd9"


def webp(kind: bytes, body: bytes) -> bytes:
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


PICTURES = {
    "png": (png(300, 200), "image/png"),
    "gif": (gif(300, 200), "image/gif"),
    "jpeg": (jpeg(300, 200), "image/jpeg"),
    "jpeg of a camera": (jpeg(300, 200, b"Exif\x00" * 3_000, b"ICC" * 9_000), "image/jpeg"),
    "lossy webp": (
        webp(b"VP8 ", b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 300, 200)),
        "image/webp",
    ),
    "lossless webp": (webp(b"VP8L", b"\x2f" + struct.pack("<I", 299 | 199 << 14)), "image/webp"),
    "extended webp": (
        webp(b"VP8X", b"\x00" * 4 + (299).to_bytes(3, "little") + (199).to_bytes(3, "little")),
        "image/webp",
    ),
}


@pytest.mark.parametrize("what", PICTURES)
def test_a_picture_is_told_with_its_size(what: str) -> None:
    content, kind = PICTURES[what]
    assert type_of(content) == kind
    assert size_of(content) == (300, 200)
    assert is_showable(content)


@pytest.mark.parametrize(
    "bomb", [png(60_000, 60_000), gif(65_535, 65_535), jpeg(65_000, 65_000), png(0, 5)]
)
def test_a_picture_that_unpacks_to_too_much_is_not_shown(bomb: bytes) -> None:
    assert not is_showable(bomb)


@pytest.mark.parametrize(
    "content, kind",
    [
        (b"%PDF-1.7", "application/pdf"),
        (
            b"PK\x03\x04 word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04 anything", "application/zip"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "video/x-msvideo"),
        (b"RIFF\x00\x00\x00\x00\x01\x02", "application/octet-stream"),
        (b"12345678WEBP<script>alert(1)</script>", "text/plain"),
        (b"<html><script>alert(1)</script>", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "text/plain"),
        (b"<?xml version='1.0'?><svg/>", "text/plain"),
        (b" \x89PNG\r\n\x1a\n", "application/octet-stream"),
        ("Привет".encode(), "text/plain"),
        ("Привет".encode("cp1251"), "application/octet-stream"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"MZ\x90\x00", "application/octet-stream"),
        (b"", "text/plain"),
    ],
)
def test_the_type_is_what_the_bytes_are(content: bytes, kind: str) -> None:
    assert type_of(content) == kind


def test_a_sign_torn_at_the_end_of_the_head_is_no_fault() -> None:
    for shift in range(3):
        assert type_of(b"a" * shift + "я".encode() * 5_000) == "text/plain"
    assert type_of(b"a" * 4_095 + "я".encode("cp1251") * 10) in {
        "text/plain",
        "application/octet-stream",
    }
    assert type_of(b"a" * 4_000 + b"\xff" * 500) == "application/octet-stream"


@given(st.binary(max_size=200))
def test_any_bytes_have_a_type_and_only_pictures_have_that_of_one(content: bytes) -> None:
    kind = type_of(content)
    starts = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
    assert kind not in RASTERS or content.startswith(starts)


@given(
    st.sampled_from([content for content, _ in PICTURES.values()]),
    st.binary(max_size=60),
    st.integers(0, 40),
)
def test_any_damaged_picture_has_some_size_or_none(content: bytes, noise: bytes, at: int) -> None:
    size = size_of(content[:at] + noise)
    assert size is None or all(each >= 0 for each in size)
