"""The tickets application."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.tickets"
    label = "tickets"
