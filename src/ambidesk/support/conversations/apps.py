"""The conversations application."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.conversations"
    label = "conversations"
