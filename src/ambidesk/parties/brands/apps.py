"""The brands application."""

from django.apps import AppConfig


class BrandsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.parties.brands"
    label = "brands"
