"""The application of promises about tickets."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.promises"
    label = "promises"
