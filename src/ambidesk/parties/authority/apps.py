"""The authority application."""

from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.parties.authority"
    label = "authority"
