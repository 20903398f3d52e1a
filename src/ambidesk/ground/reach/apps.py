"""The reach application."""

from django.apps import AppConfig


class ReachConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.ground.reach"
    label = "reach"
