"""The routing application."""

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.routing"
    label = "routing"
