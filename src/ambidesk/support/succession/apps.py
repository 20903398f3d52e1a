"""The succession application."""

from django.apps import AppConfig


class SuccessionConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.succession"
    label = "succession"
