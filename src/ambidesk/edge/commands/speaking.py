"""Django's words for a command that needs no desk: the catalogue and the console's language."""

import django
from django.apps import apps
from django.conf import settings
from django.utils import translation

from ambidesk.edge.commands.speech import LOCALE, language


def speak() -> None:
    """Wake as much of Django as its words need, if nothing of it is awake."""
    if not apps.ready:
        settings.configure(LOCALE_PATHS=[LOCALE], LANGUAGE_CODE=language(), USE_TZ=True)
        django.setup()
    translation.activate(language())
