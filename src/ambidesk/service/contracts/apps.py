"""The application of contracts."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.service.contracts"
    label = "contracts"
