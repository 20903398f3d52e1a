"""The application of equipment."""

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.service.assets"
    label = "assets"
