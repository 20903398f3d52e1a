"""Moves: where an asset stood before, and where it went."""

from django.db import models

from ambidesk.ground.reach.models import User
from ambidesk.parties.companies.models import Site
from ambidesk.service.assets.models.asset import Asset


class Move(models.Model):
    """An asset went from one place of its company to another; never changed."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="moves")
    from_site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    from_place = models.CharField(max_length=200, blank=True)
    to_site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    to_place = models.CharField(max_length=200, blank=True)
    moved_on = models.DateField()
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ["-moved_on", "-pk"]
