"""Senders: whom a mail says it is from, and whether that can be taken at its word.

A sender counts only with exactly one From, one address and nothing wrong about it.
"""

import re
from dataclasses import dataclass
from typing import Final

from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.headers.addresses import (
    SPOKEN_ADDRESS,
    Mailbox,
    read_mailboxes,
)
from ambidesk.support.channels.mail.parsing.headers.fields import Fields
from ambidesk.support.channels.mail.parsing.parsed import Address
from ambidesk.support.channels.mail.parsing.texts.words import decode_words

_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Senders:
    addresses: tuple[Address, ...]
    is_verified: bool


def read_senders(fields: Fields, findings: Findings) -> Senders:
    """Read From, every one of them, and judge it."""
    lines = fields.raw_all("from")
    mailboxes = [mailbox for line in lines for mailbox in read_mailboxes(line, findings)]
    faults = _faults(lines, mailboxes)
    for fault in faults:
        findings.note(fault)
    addresses = tuple(dict.fromkeys(mailbox.address for mailbox in mailboxes))
    return Senders(addresses=addresses, is_verified=not faults)


def _faults(lines: list[str], mailboxes: list[Mailbox]) -> list[Defect]:
    with_address = [mailbox for mailbox in mailboxes if mailbox.address.address]
    checks = (
        (not lines or not any(line.strip() for line in lines), Defect.FROM_MISSING),
        (len(lines) > 1, Defect.FROM_REPEATED),
        (len(with_address) > 1, Defect.FROM_SEVERAL),
        (bool(lines) and not with_address, Defect.FROM_MALFORMED),
        (any(not mailbox.is_clean for mailbox in mailboxes), Defect.FROM_MALFORMED),
        (any(map(_names_another, with_address)), Defect.FROM_NAME_HOLDS_ADDRESS),
        (any(map(_has_control, lines)), Defect.FROM_CONTROL_CHARACTERS),
    )
    return [defect for is_so, defect in checks if is_so]


def _names_another(mailbox: Mailbox) -> bool:
    """Tell whether the name says another address than the one that would be answered."""
    own = mailbox.address.address.lower()
    return any(
        found.lower().strip(".") != own for found in SPOKEN_ADDRESS.findall(mailbox.address.name)
    )


def _has_control(line: str) -> bool:
    return _CONTROL.search(decode_words(line, Findings())) is not None
