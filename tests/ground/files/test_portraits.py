"""A photo of somebody becomes a small square picture that tells nothing beside the face."""

import io

import pytest
from PIL import Image

from ambidesk.ground.files.asking import NoPicture
from ambidesk.ground.files.portraits.cutting import portrait_of
from tests.ground.files.photos import label, saved
from tests.ground.files.test_codes import HOSTILE

ORIENTATION, GPS, ARTIST = 0x0112, 0x8825, 0x013B


def taken(size: tuple[int, int], *, turned: int = 1) -> bytes:
    """A photo as a phone keeps it: red above, blue below, with the place beside it."""
    seen = Image.new("RGB", size, "blue")
    seen.paste("red", (0, 0, size[0], size[1] // 2))
    if turned == 6:
        seen = seen.rotate(90, expand=True)
    notes = Image.Exif()
    notes[ORIENTATION] = turned
    notes[ARTIST] = "Canary Studio"
    notes.get_ifd(GPS)[1] = "N"
    kept = io.BytesIO()
    seen.save(kept, "JPEG", exif=notes)
    return kept.getvalue()


@pytest.mark.parametrize("size", [(6000, 4000), (600, 1400), (40, 30)])
def test_a_portrait_is_a_small_square_without_what_the_camera_noted(size: tuple[int, int]) -> None:
    photo = taken(size)
    assert b"Canary Studio" in photo
    portrait = portrait_of(photo)
    cut = Image.open(io.BytesIO(portrait))
    assert (cut.format, cut.size, cut.mode) == ("JPEG", (256, 256), "RGB")
    assert not cut.getexif()
    assert b"Canary Studio" not in portrait
    assert len(portrait) < 60_000


def test_who_held_the_phone_upright_is_shown_upright() -> None:
    cut = Image.open(io.BytesIO(portrait_of(taken((800, 800), turned=6))))
    red, _green, blue = cut.split()
    assert (red.getpixel((128, 20)), blue.getpixel((128, 20))) == pytest.approx((255, 0), abs=40)
    assert (red.getpixel((128, 235)), blue.getpixel((128, 235))) == pytest.approx((0, 255), abs=40)


def test_what_is_seen_through_is_white() -> None:
    clear = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    cut = Image.open(io.BytesIO(portrait_of(saved(clear, "PNG"))))
    assert cut.getpixel((5, 5)) == (255, 255, 255)


def test_a_drawing_with_few_colours_is_cut_too() -> None:
    assert portrait_of(saved(label("x").convert("P"), "GIF"))


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_picture_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(NoPicture, match="no photo that can be read"):
        portrait_of(content)
