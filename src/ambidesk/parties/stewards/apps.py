"""The stewards application."""

from django.apps import AppConfig


class StewardsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.parties.stewards"
    label = "stewards"
