"""Links: an invitation of one person to one bot; the token lies nowhere, only its hash."""

from django.db import models

from ambidesk.parties.people.models import Identity, Person
from ambidesk.support.conversations.models import Channel, Message
from ambidesk.support.tickets.models import Ticket


class Link(models.Model):
    """
    One invitation; `identity` is where it was sent, `used_by` the account that brought it.

    `before` is whose that account was before it joined; after `undone_at` it is theirs again.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", db_index=False)
    identity = models.ForeignKey(
        Identity, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    message = models.OneToOneField(Message, on_delete=models.PROTECT, null=True, related_name="+")
    nonce = models.CharField(max_length=43)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(
        Identity, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    before = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """Used by somebody, or not at all."""

        indexes = [
            models.Index(
                fields=["used_by"],
                condition=models.Q(used_by__isnull=False, undone_at=None),
                name="link_of_account",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at=None, used_by=None)
                | models.Q(used_at__isnull=False, used_by__isnull=False),
                name="link_used_by_somebody",
            ),
        ]
