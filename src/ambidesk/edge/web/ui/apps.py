"""The ui application: templates, components, assets."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.edge.web.ui"
    label = "ui"
