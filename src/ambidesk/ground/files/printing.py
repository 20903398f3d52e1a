"""
Printing: a page of HTML becomes a PDF, in a process of its own that fetches nothing.

What it shows stands in the page itself; pictures are data: addresses or inline SVG.
"""

import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal

SECONDS = 60
COMMAND = (sys.executable, "-m", "weasyprint", "--allowed-protocols", "data", "-q")


class CannotPrint(Refusal):
    """The machine lacks what prints."""

    sentence = _("No PDF can be made on this machine: `ambidesk doctor` says what is missing.")
    status = 503


def print_pdf(html: str, *, stylesheet: Path) -> bytes:
    """
    Make a PDF of a page.

    Raises:
        CannotPrint: the library for text (libpango) is missing, or it took too long.
    """
    try:
        done = subprocess.run(
            (*COMMAND, "-s", str(stylesheet), "-", "-"),
            input=html.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise CannotPrint from slow
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise CannotPrint
    return done.stdout
