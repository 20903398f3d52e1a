"""Reply tokens: made with the first mail to a recipient, found again by their address."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from ambidesk.parties.people.models import Identity
from ambidesk.support.tickets.models import ReplyToken, Ticket

# 32 letters of 5 bits are 160 bits.
LETTERS = 32


def reply_tokens(
    pairs: Iterable[tuple[Ticket, Identity]], *, at: datetime
) -> Mapping[tuple[int, int], str]:
    """The living tokens of tickets and recipients, by both ids; 32 base32 letters each."""
    wanted = {(ticket.pk, identity.pk) for ticket, identity in pairs}
    living = ReplyToken.objects.filter(
        ticket__in={ticket for ticket, _identity in wanted},
        identity__in={identity for _ticket, identity in wanted},
        revoked_at=None,
    )
    found = {(row.ticket_id, row.identity_id): row.token for row in living}
    made = ReplyToken.objects.bulk_create(
        [
            ReplyToken(ticket_id=ticket, identity_id=identity, token=fresh_token(), made_at=at)
            for ticket, identity in sorted(wanted - set(found))
        ]
    )
    return found | {(row.ticket_id, row.identity_id): row.token for row in made}


def fresh_token() -> str:
    """Make 160 random bits that fit into the local part of a mail address."""
    # Base 32 in lower case: local parts of mail addresses lose their case on the way.
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    return "".join(alphabet[byte & 31] for byte in secrets.token_bytes(LETTERS))
