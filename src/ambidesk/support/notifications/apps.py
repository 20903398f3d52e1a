"""The notifications application."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.notifications"
    label = "notifications"
