"""The script that puts a form into any site: one small file, the same for all of them."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from ambidesk.edge.web.ui.scripts import Script, read_script, served

FILE = Path("forms", "forms.js")


def show(request: HttpRequest) -> HttpResponse:
    """Serve the script."""
    return served(request, script())


@cache
def script() -> Script:
    """Read the script once a process."""
    return read_script(FILE)
