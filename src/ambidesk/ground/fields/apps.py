"""The fields application."""

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.ground.fields"
    label = "fields"
