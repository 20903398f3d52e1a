"""Tickets and what stands around them."""

from ambidesk.support.tickets.models.escalation import Escalation, EscalationKind
from ambidesk.support.tickets.models.field_value import FieldValue
from ambidesk.support.tickets.models.filing import Filing, Regrouping, RegroupingKind
from ambidesk.support.tickets.models.following import Following, Mention
from ambidesk.support.tickets.models.link import Link, LinkKind
from ambidesk.support.tickets.models.note import Note, NoteFile
from ambidesk.support.tickets.models.reply_token import ReplyToken
from ambidesk.support.tickets.models.tagging import Tagging
from ambidesk.support.tickets.models.ticket import Ticket, TicketQuerySet
from ambidesk.support.tickets.rules.states import Priority, State, WaitingFor

__all__ = [
    "Escalation",
    "EscalationKind",
    "FieldValue",
    "Filing",
    "Following",
    "Link",
    "LinkKind",
    "Mention",
    "Note",
    "NoteFile",
    "Priority",
    "Regrouping",
    "RegroupingKind",
    "ReplyToken",
    "State",
    "Tagging",
    "Ticket",
    "TicketQuerySet",
    "WaitingFor",
]
