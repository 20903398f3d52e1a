"""
Asking: a file of a stranger is handed to a confined process of ours, and its answer is taken.

Here nothing is unpacked: the head of a picture has said how large it is.
"""

import subprocess
import sys
from typing import Final

import structlog
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.confining import kept_environment
from ambidesk.ground.files.pictures import HEAD_BYTES, is_showable
from ambidesk.ground.kernel.refusal import InvalidInput

log = structlog.get_logger(__name__)
CONTENT_BYTES: Final = 20_000_000
WALL_SECONDS: Final = 15


class NoPicture(InvalidInput):
    """It is none, is broken, or is larger than a photo is."""

    sentence = _("This is no photo that can be read. Take a JPEG, PNG or WebP of up to 20 MB.")


def run_child(
    module: str, *words: str, content: bytes, seconds: float
) -> subprocess.CompletedProcess[bytes]:
    """
    Run a process of ours that confines itself and reads this content.

    Raises:
        subprocess.TimeoutExpired: it took longer; what it wrote until then is in it.
    """
    return subprocess.run(
        [sys.executable, "-P", "-m", module, *words],
        input=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept_environment(),
        timeout=seconds,
        check=False,
        start_new_session=True,
    )


def ask(child: str, content: bytes) -> bytes:
    """
    Give a picture to the process of this module and return what it wrote.

    Raises:
        NoPicture: it cannot be read as a picture, or not within the limits.
    """
    if len(content) > CONTENT_BYTES or not is_showable(content[:HEAD_BYTES]):
        raise NoPicture(field="photo")
    try:
        done = run_child(child, content=content, seconds=WALL_SECONDS)
    except subprocess.TimeoutExpired as late:
        log.warning("photo-not-read", reason="deadline")
        raise NoPicture(field="photo") from late
    if done.returncode:
        log.info("photo-not-read", code=done.returncode)
        raise NoPicture(field="photo")
    return done.stdout
