"""Cutting: the portrait is made in a process of its own within limits."""

from typing import Final

from ambidesk.ground.files.asking import ask

CHILD: Final = "ambidesk.ground.files.portraits.child"


def portrait_of(photo: bytes) -> bytes:
    """
    Cut a square JPEG of 256 pixels out of a photo; what the camera noted beside it is gone.

    Raises:
        NoPicture: it cannot be read as a picture, or not within the limits.
    """
    return ask(CHILD, photo)
