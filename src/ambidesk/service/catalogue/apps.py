"""The catalogue application."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.service.catalogue"
    label = "catalogue"
