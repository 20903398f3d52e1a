"""Notices, how their readers like to be told, and what is on its way to them."""

from ambidesk.support.notifications.models.digest import Digest
from ambidesk.support.notifications.models.notice import OF_CLIENTS, OF_STAFF, Notice, NoticeKind
from ambidesk.support.notifications.models.preference import Preference, Way
from ambidesk.support.notifications.models.push import PushEndpoint, PushKey, PushMessage

__all__ = [
    "OF_CLIENTS",
    "OF_STAFF",
    "Digest",
    "Notice",
    "NoticeKind",
    "Preference",
    "PushEndpoint",
    "PushKey",
    "PushMessage",
    "Way",
]
