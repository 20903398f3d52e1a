"""Originals: the mails enclosed in a mail, forwarded or reported about.

Only what stands at their heads and their visible text is read; their own enclosures are not.
"""

from typing import Final

from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.headers.addresses import read_addresses
from ambidesk.support.channels.mail.parsing.headers.dates import read_date
from ambidesk.support.channels.mail.parsing.headers.identifiers import read_identifier
from ambidesk.support.channels.mail.parsing.parsed import Original
from ambidesk.support.channels.mail.parsing.structure.bodies import read_bodies
from ambidesk.support.channels.mail.parsing.structure.tree import Part, read_tree

_ENCLOSING: Final = frozenset({"message/rfc822", "message/global", "message/news"})
_MOST: Final = 10
_MOST_BYTES: Final = 2 * 1024 * 1024


def read_originals(root: Part) -> tuple[Original, ...]:
    """Return the mails that came enclosed, in order."""
    enclosed = [leaf for leaf in root.leaves() if leaf.content_type in _ENCLOSING]
    return tuple(_original(leaf) for leaf in enclosed[:_MOST])


def _original(leaf: Part) -> Original:
    unheard = Findings()
    inside = read_tree(leaf.content(unheard)[:_MOST_BYTES], unheard)
    fields = inside.fields
    return Original(
        message_id=read_identifier(fields.raw("message-id")),
        senders=read_addresses(fields.raw("from"), unheard),
        to=read_addresses(fields.raw("to"), unheard),
        subject=fields.text("subject", unheard),
        date=read_date(fields.raw("date"), unheard),
        text=read_bodies(inside, unheard).visible,
    )
