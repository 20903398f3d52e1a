"""
Tokens: what stands in the link of an invitation, good for that one question only.

Made of the desk's secret key and a random nonce, so that it lies nowhere; looked up by its hash.
"""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

from django.utils.crypto import salted_hmac

from ambidesk.relation.feedback.models import Invitation

PURPOSE = "ambidesk.relation.feedback.invitation"


def fresh_nonce() -> str:
    """A nonce of 128 random bits."""
    return secrets.token_urlsafe(16)


def token_of(invitation: Invitation) -> str:
    """The token of an invitation: 43 letters that hold 256 bits."""
    made = salted_hmac(PURPOSE, f"{invitation.pk}:{invitation.nonce}", algorithm="sha256")
    return urlsafe_b64encode(made.digest()).decode().rstrip("=")


def hash_of(token: str) -> str:
    """The form in which a token is looked up."""
    return sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """Find the invitation that a token opens; whether it is still open is another question."""
    rows = Invitation.objects.filter(token_hash=hash_of(token))
    related = ("survey", "ticket__brand", "person", "rating")
    return rows.select_related(*related).first()
