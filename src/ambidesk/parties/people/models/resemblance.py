"""Resemblances: two persons who may be one, with reasons and score, and what was said of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.people.models.person import Person


class Verdict(models.TextChoices):
    """What a colleague said of two persons."""

    OPEN = "open", _("Nobody looked yet")
    SAME = "same", _("The same")
    DIFFERENT = "different", _("Not the same")


class ResemblanceQuerySet(models.QuerySet["Resemblance"]):
    """Resemblances."""

    def waiting(self) -> "ResemblanceQuerySet":
        """Those that nobody has looked at, of persons who are still two."""
        rows = self.filter(verdict=Verdict.OPEN, one__erased_at=None, other__erased_at=None)
        return rows.exclude(one__whole=models.F("other__whole"))

    def told_apart(self) -> "ResemblanceQuerySet":
        """Those of whom a colleague said that they are two."""
        return self.filter(verdict=Verdict.DIFFERENT)


class Resemblance(models.Model):
    """
    Two persons that are alike; `score` in bits, `reasons` the levels by aspect.

    A verdict is remembered for good: whoever is not the same is never proposed again.
    """

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    score = models.FloatField()
    reasons = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    judged_at = models.DateTimeField(null=True, blank=True)

    objects = ResemblanceQuerySet.as_manager()

    class Meta:
        """Each two persons once, in the order of their numbers."""

        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="resemblance_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="resemblance_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="open", judged_at=None)
                | models.Q(verdict__in=["same", "different"], judged_at__isnull=False),
                name="verdict_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["other"], name="resemblances_of_other"),
            models.Index(
                fields=["-score", "id"],
                condition=models.Q(verdict="open"),
                name="resemblances_waiting",
            ),
        ]
