"""The incidents application."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.incidents"
    label = "incidents"
