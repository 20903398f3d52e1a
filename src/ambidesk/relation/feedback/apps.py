"""The feedback application."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.relation.feedback"
    label = "feedback"
