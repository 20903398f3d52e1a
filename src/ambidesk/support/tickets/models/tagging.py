"""Taggings: which tags a ticket carries."""

from django.db import models

from ambidesk.service.catalogue.models import Tag
from ambidesk.support.tickets.models.ticket import Ticket


class Tagging(models.Model):
    """A ticket carries a tag."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, related_name="taggings", db_index=False
    )
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings")
    at = models.DateTimeField()

    class Meta:
        """Once each."""

        constraints = [models.UniqueConstraint(fields=["ticket", "tag"], name="tagging_once")]
