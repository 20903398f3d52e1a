"""
Households: persons who live together and may share a telephone or an address.

It joins nobody: each stays a person of their own, with their own addresses and tickets.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.people.models.person import Person


class Household(models.Model):
    """A named group; one without persons does not stay."""

    name = models.CharField(_("Household"), max_length=120)
    since = models.DateTimeField()

    class Meta:
        """It is called something."""

        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="household_has_a_name")
        ]


class Housemate(models.Model):
    """A person of a household; a person is in one at a time."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="housemates")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="housemate")
    since = models.DateTimeField()
