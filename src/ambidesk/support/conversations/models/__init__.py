"""Channels, threads, messages, attachments, deliveries, raw items."""

from ambidesk.support.conversations.models.attachment import Attachment
from ambidesk.support.conversations.models.channel import (
    Channel,
    ChannelHealth,
    ChannelKind,
    ChannelReport,
    Way,
)
from ambidesk.support.conversations.models.delivery import Delivery, DeliveryState
from ambidesk.support.conversations.models.edit import Edit
from ambidesk.support.conversations.models.intake import IntakeItem, IntakeKey, IntakeState
from ambidesk.support.conversations.models.message import (
    Direction,
    Message,
    MessageKind,
    MessageQuerySet,
)
from ambidesk.support.conversations.models.thread import Participant, ParticipantRole, Thread
from ambidesk.support.conversations.models.trouble import Trouble
from ambidesk.support.conversations.models.upload import Upload

__all__ = [
    "Attachment",
    "Channel",
    "ChannelHealth",
    "ChannelKind",
    "ChannelReport",
    "Delivery",
    "DeliveryState",
    "Direction",
    "Edit",
    "IntakeItem",
    "IntakeKey",
    "IntakeState",
    "Message",
    "MessageKind",
    "MessageQuerySet",
    "Participant",
    "ParticipantRole",
    "Thread",
    "Trouble",
    "Upload",
    "Way",
]
