"""Cards: which fields of the installation's own a company, a site or a contact has."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.ground.fields.models import Definition


class CardOf(models.TextChoices):
    """Whose card it is."""

    COMPANY = "company", _("Company")
    SITE = "site", pgettext_lazy("site", "Site")
    CONTACT = "contact", _("Contact")


class Card(models.Model):
    """
    The fields of one kind of card, and which of them have to say something.

    What is in them is kept with each company, site, contact.
    """

    of = models.CharField(max_length=8, choices=CardOf.choices, unique=True)
    fields = models.ManyToManyField(Definition, related_name="+")
    needed = models.ManyToManyField(Definition, related_name="+")

    class Meta:
        """One a kind."""

        ordering = ["of"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(of__in=CardOf.values), name="card_of_something"
            )
        ]

    def __str__(self) -> str:
        return str(CardOf(self.of).label)
