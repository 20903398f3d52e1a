"""Reports: what a delivery status report says of each recipient.

Source: RFC 3464, 2.2 and 2.3; RFC 6533 (utf-8 addresses).
"""

import re
from typing import Final

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.headers.fields import Fields, read_fields
from ambidesk.support.channels.mail.parsing.parsed import BounceAction, FailedRecipient

_BLANK: Final = re.compile(rb"(?:\r?\n[ \t]*){2,}|\r\r")
_ADDRESS: Final = re.compile(r"(?<![^\s<>;,\"'()])[^\s<>;,\"'()]+@[^\s<>;,\"'()]+")
_STATUS: Final = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_RECIPIENTS: Final = ("original-recipient", "final-recipient", "x-actual-recipient")


def read_report(content: bytes) -> list[FailedRecipient]:
    """Return the recipients of a `message/delivery-status`, in order, each once."""
    found: dict[str, FailedRecipient] = {}
    for block in _BLANK.split(content)[: limits.ADDRESSES]:
        fields = read_fields(memoryview(block), Findings())
        recipient = _recipient(fields)
        if recipient is not None:
            found.setdefault(recipient.address.lower(), recipient)
    return list(found.values())


def _recipient(fields: Fields) -> FailedRecipient | None:
    address = _address(fields)
    if not address:
        return None
    diagnostic = _plain(fields.raw("diagnostic-code"))
    status = _STATUS.search(fields.raw("status")) or _STATUS.search(diagnostic)
    code = status[0] if status else ""
    return FailedRecipient(
        address=address,
        action=action_of(fields.raw("action"), code),
        status=code,
        diagnostic=diagnostic,
    )


def _address(fields: Fields) -> str:
    for name in _RECIPIENTS:
        found = _ADDRESS.search(fields.raw(name).partition(";")[2] or fields.raw(name))
        if found is not None:
            return found[0].strip(".")
    return ""


def action_of(word: str, status: str) -> BounceAction:
    """Return what an Action field says, or what the status code means where it is missing."""
    said = word.strip().lower()
    for action in BounceAction:
        if said.startswith(action.value):
            return action
    by_class = {"2": BounceAction.DELIVERED, "4": BounceAction.DELAYED}
    return by_class.get(status[:1], BounceAction.FAILED)


def _plain(diagnostic: str) -> str:
    kind, separator, text = diagnostic.partition(";")
    return " ".join((text if separator and len(kind) <= 20 else diagnostic).split())
