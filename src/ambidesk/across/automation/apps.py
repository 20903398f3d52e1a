"""The automation application."""

from django.apps import AppConfig


class AutomationConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.across.automation"
    label = "automation"
