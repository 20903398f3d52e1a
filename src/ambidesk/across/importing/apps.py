"""The package as Django knows it."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.across.importing"
    label = "importing"
