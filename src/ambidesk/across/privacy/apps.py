"""The privacy application."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.across.privacy"
    label = "privacy"
