"""The application of works."""

from django.apps import AppConfig


class WorksConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.works"
    label = "works"
