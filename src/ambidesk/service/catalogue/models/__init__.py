"""Rows of the catalogue: classes of tickets, and what is asked for each type."""

from ambidesk.service.catalogue.models.asking import FormSection, Question
from ambidesk.service.catalogue.models.classes import Category, RequestType, Tag

__all__ = ["Category", "FormSection", "Question", "RequestType", "Tag"]
