"""A parsed mail: everything a desk asks of a mail, as plain frozen values.

Identifiers stand without their angle brackets; absent texts are "", absent objects None.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from ambidesk.support.channels.mail.parsing.defects import Defect


class MailKind(StrEnum):
    MAIL = "mail"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    ABUSE_REPORT = "abuse_report"
    LIST = "list"
    INVITATION = "invitation"


class BounceAction(StrEnum):
    """What became of the mail (RFC 3464, 2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    name: str = ""
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came along; `name` is what the sender called it and never a path."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    is_inline: bool = False
    content_id: str = ""

    @property
    def size_bytes(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRecipient:
    address: str
    action: BounceAction = BounceAction.FAILED
    status: str = ""
    diagnostic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A report about mail of ours; `original_message_id` names the one that bounced."""

    recipients: tuple[FailedRecipient, ...] = ()
    original_message_id: str = ""

    @property
    def first(self) -> FailedRecipient:
        """Return the recipient that a one-line notice is about, a lost one before a late one."""
        for recipient in self.recipients:
            if recipient.action is BounceAction.FAILED:
                return recipient
        return self.recipients[0] if self.recipients else FailedRecipient(address="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A calendar invitation (RFC 5546): its method, id and first event."""

    method: str
    uid: str = ""
    summary: str = ""
    location: str = ""
    organiser: str = ""
    starts: str = ""
    ends: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A mail that came enclosed in this one: forwarded, or the one a report is about."""

    message_id: str = ""
    senders: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMail:
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    senders: tuple[Address, ...] = ()
    sender_verified: bool = False
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    html: str = ""
    reply: str = ""
    attachments: tuple[Attachment, ...] = ()
    kind: MailKind = MailKind.MAIL
    bounce: Bounce | None = None
    defects: tuple[Defect, ...] = ()
    invitation: Invitation | None = None
    originals: tuple[Original, ...] = ()
    delivered_to: tuple[Address, ...] = ()
    authentication_results: tuple[str, ...] = ()
    is_automatic: bool = False
    list_id: str = ""
    return_path: str | None = None
