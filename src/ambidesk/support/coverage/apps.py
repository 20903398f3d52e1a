"""The application of the coverage of tickets."""

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.coverage"
    label = "coverage"
