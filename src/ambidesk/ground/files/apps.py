"""The files application."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.ground.files"
    label = "files"
