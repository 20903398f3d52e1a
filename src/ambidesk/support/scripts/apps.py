"""The scripts application."""

from django.apps import AppConfig


class ScriptsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.scripts"
    label = "scripts"
