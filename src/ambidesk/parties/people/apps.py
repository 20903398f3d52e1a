"""The people application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.parties.people"
    label = "people"
