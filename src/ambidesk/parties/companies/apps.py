"""The companies application."""

from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.parties.companies"
    label = "companies"
