"""The desk application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.desk"
    label = "desk"
