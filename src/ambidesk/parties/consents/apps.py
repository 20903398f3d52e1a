"""The consents application."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.parties.consents"
    label = "consents"
