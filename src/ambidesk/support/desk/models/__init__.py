"""Drafts, templates and saved views."""

from ambidesk.support.desk.models.draft import Draft, DraftFile
from ambidesk.support.desk.models.template import Template

__all__ = ["Draft", "DraftFile", "Template"]
