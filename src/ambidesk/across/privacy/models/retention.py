"""Rules of retention: for how long what is kept, once it is of no use any more."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kept(models.TextChoices):
    """What a rule is about."""

    PERSONS = "persons", _("Persons of whom nothing was heard")
    ORIGINALS = "originals", _("Originals of mails and messages that were taken in")


class RetentionRule(models.Model):
    """
    One rule; it does nothing before it is switched on.

    `reached` is the last original that was looked at: what is older is gone already.
    """

    kept = models.CharField(_("What"), max_length=10, choices=Kept.choices)
    months = models.PositiveSmallIntegerField(_("Months"))
    is_on = models.BooleanField(default=False)
    reached = models.BigIntegerField(default=0)
    applied_times = models.PositiveIntegerField(default=0)

    class Meta:
        """One rule for each."""

        ordering = ["kept"]
        constraints = [
            models.UniqueConstraint(fields=["kept"], name="retention_rule_once"),
            models.CheckConstraint(
                condition=models.Q(months__gte=1, months__lte=240), name="retention_in_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kept_display()
