"""The application of charges."""

from django.apps import AppConfig


class ChargesConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.service.charges"
    label = "charges"
