"""Reply tokens: the proof that a mail answers this ticket, one a ticket and recipient."""

from django.db import models

from ambidesk.parties.people.models import Identity
from ambidesk.support.tickets.models.ticket import Ticket


class ReplyToken(models.Model):
    """160 random bits that stand in the reply address of one recipient of one ticket."""

    token = models.CharField(max_length=64, unique=True)
    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="reply_tokens", db_index=False
    )
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """One living token a ticket and recipient."""

        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "identity"],
                condition=models.Q(revoked_at=None),
                name="reply_token_once",
            ),
        ]
