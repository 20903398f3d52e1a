"""Drafts, templates, saved views, macros and batches."""

from ambidesk.support.desk.models.batch import Batch, BatchItem, BatchState, ItemState
from ambidesk.support.desk.models.draft import Draft, DraftFile
from ambidesk.support.desk.models.macro import Macro
from ambidesk.support.desk.models.reminder import Reminder
from ambidesk.support.desk.models.template import Template
from ambidesk.support.desk.models.view import SavedView

__all__ = [
    "Batch",
    "BatchItem",
    "BatchState",
    "Draft",
    "DraftFile",
    "ItemState",
    "Macro",
    "Reminder",
    "SavedView",
    "Template",
]
