"""The search application."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.ground.search"
    label = "search"
