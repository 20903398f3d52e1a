"""The language of the sink's pages: the browser's where it is one of ours, else the console's."""

import gettext as catalogues
from collections.abc import Callable
from datetime import datetime

from ambidesk.edge.commands.speech import LOCALE, language

Say = Callable[[str], str]
LANGUAGES = ("en", "ru")
MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "ru": "янв. февр. марта апр. мая июня июля авг. сент. окт. нояб. дек.".split(),
}


def chosen(accepted: str) -> str:
    """Choose a language by what a browser accepts, in its order."""
    for part in accepted.split(","):
        tag = part.split(";")[0].strip().lower()[:2]
        if tag in LANGUAGES:
            return tag
    return language()


def saying(tongue: str) -> Say:
    """Give the translation of sentences into a language."""
    found = catalogues.translation("django", LOCALE, languages=[tongue], fallback=True)
    return found.gettext


def moment(instant: datetime | None, tongue: str) -> str:
    """Write an instant in the machine's time zone."""
    if instant is None:
        return ""
    local = instant.astimezone()
    return f"{local.day} {MONTHS[tongue][local.month - 1]} {local:%Y, %H:%M:%S}"
