"""Refusals: whoever does not want to be asked by a brand any more."""

from django.db import models

from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.models import Person


class SurveyRefusal(models.Model):
    """One person's wish not to be asked; taking it back ends the row."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="survey_refusals", db_index=False
    )
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """A wish is said once."""

        constraints = [
            models.UniqueConstraint(fields=["person", "brand"], name="survey_refusal_once"),
        ]
