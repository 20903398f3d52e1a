"""The knowledge application."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.knowledge"
    label = "knowledge"
