"""The application of stages of tickets."""

from django.apps import AppConfig


class StagesConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.stages"
    label = "stages"
