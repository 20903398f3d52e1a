"""The webhooks application."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.webhooks"
    label = "webhooks"
