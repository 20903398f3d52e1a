"""The script of the chat: one file for every site, small enough to be no burden."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from ambidesk.edge.web.ui.scripts import Script, read_script, served

FILE = Path("widget", "widget.js")


def show(request: HttpRequest) -> HttpResponse:
    """Serve the script."""
    return served(request, script())


@cache
def script() -> Script:
    """Read the script once a process."""
    return read_script(FILE)
