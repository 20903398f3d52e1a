"""The channels application."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.channels"
    label = "channels"
