"""The staff application."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.parties.staff"
    label = "staff"
