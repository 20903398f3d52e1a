"""The kernel application."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.ground.kernel"
    label = "kernel"
