"""Reply tokens: made with the first mail to a recipient, found again by their address."""

import secrets
from datetime import datetime

from ambidesk.parties.people.models import Identity
from ambidesk.support.tickets.models import ReplyToken, Ticket

# 32 letters of 5 bits are 160 bits.
LETTERS = 32


def reply_token(ticket: Ticket, identity: Identity, *, at: datetime) -> str:
    """The living token of a ticket and recipient, made where there is none; 32 base32 letters."""
    found = ReplyToken.objects.filter(ticket=ticket, identity=identity, revoked_at=None).first()
    if found:
        return found.token
    return ReplyToken.objects.create(
        ticket=ticket, identity=identity, token=_token(), made_at=at
    ).token


def _token() -> str:
    # Base 32 in lower case: local parts of mail addresses lose their case on the way.
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    return "".join(alphabet[byte & 31] for byte in secrets.token_bytes(LETTERS))
