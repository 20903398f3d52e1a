"""The rows of approvals."""

from ambidesk.support.approvals.models.answer import Answer, NotedFrom
from ambidesk.support.approvals.models.approval import Approval, ApprovalQuerySet, Ended
from ambidesk.support.approvals.models.asked import Asked, Link
from ambidesk.support.approvals.models.terms import Terms

__all__ = ["Answer", "Approval", "ApprovalQuerySet", "Asked", "Ended", "Link", "NotedFrom", "Terms"]
