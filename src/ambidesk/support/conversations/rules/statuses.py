"""Status codes of mail: what a server's answer means for the message, pure."""

import re

from ambidesk.support.conversations.models.trouble import Trouble

ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
# Source: RFC 3463 for classes and details, RFC 7505 for 5.1.10.
BY_DETAIL = {
    "1.1": Trouble.NO_SUCH_RECIPIENT,
    "1.2": Trouble.NO_SUCH_RECIPIENT,
    "1.3": Trouble.NO_SUCH_RECIPIENT,
    "1.6": Trouble.NO_SUCH_RECIPIENT,
    "1.10": Trouble.NO_SUCH_RECIPIENT,
    "2.0": Trouble.NO_SUCH_RECIPIENT,
    "2.1": Trouble.NO_SUCH_RECIPIENT,
    "2.2": Trouble.MAILBOX_FULL,
    "2.3": Trouble.TOO_LARGE,
    "3.4": Trouble.TOO_LARGE,
    "6.7": Trouble.LETTERS,
}
BY_SUBJECT = {
    "3": Trouble.NOT_DELIVERABLE,
    "4": Trouble.NOT_DELIVERABLE,
    "6": Trouble.REJECTED,
    "7": Trouble.REJECTED,
}
# Source: RFC 5321 4.2.3, for servers that give no enhanced status.
BY_REPLY = {
    421: Trouble.BUSY,
    450: Trouble.BUSY,
    451: Trouble.BUSY,
    452: Trouble.BUSY,
    552: Trouble.TOO_LARGE,
    554: Trouble.REJECTED,
}
BY_REPLY_TO_RECIPIENT = BY_REPLY | {
    550: Trouble.NO_SUCH_RECIPIENT,
    551: Trouble.NO_SUCH_RECIPIENT,
    552: Trouble.MAILBOX_FULL,
    553: Trouble.NO_SUCH_RECIPIENT,
}


def status_in(words: str) -> str:
    """Find the enhanced status in a server's words; "" when there is none."""
    found = ENHANCED.search(words)
    return found[0] if found else ""


def meaning(*, reply: int = 0, status: str = "", of_recipient: bool = False) -> Trouble:
    """Say what a reply code and an enhanced status mean; `reply` 0 when none was given."""
    _class, _dot, detail = status.partition(".")
    subject = detail.partition(".")[0]
    known = BY_DETAIL.get(detail) or BY_SUBJECT.get(subject)
    if known:
        return Trouble.BUSY if status.startswith("4") and reply and known not in LASTING else known
    table = BY_REPLY_TO_RECIPIENT if of_recipient else BY_REPLY
    return table.get(reply, Trouble.BUSY if 400 <= reply < 500 else Trouble.OTHER)


# These say more than that the server asks to wait, also while it still tries.
LASTING = frozenset({Trouble.MAILBOX_FULL, Trouble.TOO_LARGE, Trouble.NO_SUCH_RECIPIENT})
