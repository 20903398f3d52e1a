"""Correspondences: the talk by mail with a vendor who has no portal, apart from the client's."""

from django.db import models

from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models import Thread
from ambidesk.support.handovers.models.handover import Handover


class Correspondence(models.Model):
    """One thread of a handover; `token` stands in our reply address and proves an answer."""

    handover = models.OneToOneField(
        Handover, on_delete=models.PROTECT, related_name="correspondence"
    )
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="correspondence")
    token = models.CharField(max_length=64, unique=True)
    begun_at = models.DateTimeField()
