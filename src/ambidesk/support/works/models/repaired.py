"""Repaired: which ticket a repair was done for."""

from django.db import models

from ambidesk.service.assets.models import Repair
from ambidesk.support.tickets.models import Ticket


class Repaired(models.Model):
    """A repair belongs to one ticket, a ticket may lead to several."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="repaired")
    repair = models.OneToOneField(Repair, on_delete=models.CASCADE, related_name="repaired")
