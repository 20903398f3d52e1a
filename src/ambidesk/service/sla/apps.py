"""The application of promises."""

from django.apps import AppConfig


class SlaConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.service.sla"
    label = "sla"
