"""The telephony application."""

from django.apps import AppConfig


class TelephonyConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.telephony"
    label = "telephony"
