"""The context application."""

from django.apps import AppConfig


class ContextConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.across.context"
    label = "context"
