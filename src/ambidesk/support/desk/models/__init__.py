"""Drafts, templates and saved views."""

from ambidesk.support.desk.models.draft import Draft, DraftFile
from ambidesk.support.desk.models.template import Template
from ambidesk.support.desk.models.view import SavedView

__all__ = ["Draft", "DraftFile", "SavedView", "Template"]
