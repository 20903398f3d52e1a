"""The application of contractors."""

from django.apps import AppConfig


class ContractorsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.service.contractors"
    label = "contractors"
