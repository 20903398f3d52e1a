"""The insight application."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.across.insight"
    label = "insight"
