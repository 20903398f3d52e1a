"""Parts: a ticket that is part of another one is due before what the other one promises."""

from django.db import models
from django.db.models import F, Q

from ambidesk.service.sla.models import Promise
from ambidesk.support.tickets.models import Link, Ticket


class Part(models.Model):
    """The deadline of one link between a part and its whole, with the clock that warns of it."""

    link = models.OneToOneField(Link, on_delete=models.CASCADE, related_name="part")
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="parts")
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="part")

    class Meta:
        """There is time for it."""

        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("began_at")), name="part_has_time")
        ]
