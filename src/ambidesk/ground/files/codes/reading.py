"""Reading: what the codes on a photo say, found out in a process of its own within limits."""

import json
import subprocess
import sys
from typing import Final

import structlog
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.codes.limits import CONTENT_BYTES, WALL_SECONDS
from ambidesk.ground.files.confining import kept_environment
from ambidesk.ground.files.pictures import HEAD_BYTES, is_showable
from ambidesk.ground.kernel.refusal import InvalidInput

log = structlog.get_logger(__name__)
CHILD: Final = "ambidesk.ground.files.codes.child"


class NoPicture(InvalidInput):
    """It is none, is broken, or is larger than a photo is."""

    sentence = _("This is no photo that can be read. Take a JPEG, PNG or WebP of up to 20 MB.")


def codes_in(content: bytes) -> tuple[str, ...]:
    """
    Read the QR and DataMatrix codes of a picture, each once.

    Raises:
        NoPicture: it cannot be read as a picture, or not within the limits.
    """
    if len(content) > CONTENT_BYTES or not is_showable(content[:HEAD_BYTES]):
        raise NoPicture(field="photo")
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", CHILD],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept_environment(),
            timeout=WALL_SECONDS,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as late:
        log.warning("photo-not-read", reason="deadline")
        raise NoPicture(field="photo") from late
    if done.returncode:
        log.info("photo-not-read", code=done.returncode)
        raise NoPicture(field="photo")
    return tuple(json.loads(done.stdout))
