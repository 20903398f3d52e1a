"""The application of approvals."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Name and label of the package."""

    name = "ambidesk.support.approvals"
    label = "approvals"
