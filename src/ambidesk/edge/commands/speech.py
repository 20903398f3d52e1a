"""
The console's language, from LANG and its kin.

The same catalogue as on the screens, read without Django: the supervisor must stay small.
"""

import gettext as catalogues
import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def language() -> str:
    """Name the console's language: "ru" or "en"."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ru" if value.lower().startswith("ru") else "en"
    return "en"


_catalogue = catalogues.translation("django", LOCALE, languages=[language()], fallback=True)
gettext = _catalogue.gettext
ngettext = _catalogue.ngettext

# What click says by itself ("Usage:", "No such option ...") comes from a catalogue of ours too.
catalogues.bindtextdomain("click", str(LOCALE))
catalogues.textdomain("click")
