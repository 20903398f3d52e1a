"""The settings application: templates only."""

from django.apps import AppConfig


class SettingsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.edge.web.settings"
    label = "settings_screens"
