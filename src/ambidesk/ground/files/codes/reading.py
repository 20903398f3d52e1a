"""Reading: what the codes on a photo say, found out in a process of its own within limits."""

import json
from typing import Final

from ambidesk.ground.files.asking import ask

CHILD: Final = "ambidesk.ground.files.codes.child"


def codes_in(content: bytes) -> tuple[str, ...]:
    """
    Read the QR and DataMatrix codes of a picture, each once.

    Raises:
        NoPicture: it cannot be read as a picture, or not within the limits.
    """
    return tuple(json.loads(ask(CHILD, content)))
