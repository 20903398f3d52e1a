"""Provisions: how a directory outside calls the colleagues whom it keeps here."""

from django.db import models
from django.db.models.functions import Lower

from ambidesk.parties.staff.models.member import Member


class Provision(models.Model):
    """A member is kept by a directory, under its own id and name of the account."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="provision")
    external_id = models.CharField(max_length=255, blank=True)
    user_name = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        """One account a name, whatever its case, and one an id."""

        constraints = [
            models.UniqueConstraint(Lower("user_name"), name="provision_name_once"),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~models.Q(external_id=""),
                name="provision_id_once",
            ),
        ]
