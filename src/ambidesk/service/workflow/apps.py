"""The Django application of workflow."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Processes, their versions and runs."""

    name = "ambidesk.service.workflow"
    label = "workflow"
