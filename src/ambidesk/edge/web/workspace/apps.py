"""The workspace application: templates only."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.edge.web.workspace"
    label = "workspace"
