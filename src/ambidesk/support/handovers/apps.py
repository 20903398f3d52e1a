"""The application of handovers."""

from django.apps import AppConfig


class HandoversConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.handovers"
    label = "handovers"
