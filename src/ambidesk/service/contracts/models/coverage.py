"""
Coverage: what one request is by the contracts, as it was decided last, and all decisions before.

Whatever is covered has the foreign key to its coverage. A trigger keeps decisions as they were.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.service.contracts.models.contract import Contract, Version
from ambidesk.service.contracts.models.debt import Stop
from ambidesk.service.contracts.models.line import Line
from ambidesk.service.contracts.models.package import Package


class VerdictKind(models.TextChoices):
    """What a request is."""

    COVERED = "covered", _("Covered")
    WARRANTY = "warranty", _("Under warranty")
    UNTIL_LIMIT = "until_limit", _("Covered until the limit")
    PARTLY = "partly", _("Partly covered")
    CHARGEABLE = "chargeable", _("Chargeable")
    REFUSED = "refused", _("Not to be done")


class Coverage(models.Model):
    """What holds now; `is_overruled` while a person's decision stands."""

    verdict = models.CharField(max_length=11, choices=VerdictKind.choices)
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, related_name="coverages"
    )
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    package = models.ForeignKey(
        Package, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # What the package had when it was looked at last.
    left = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    used_percent = models.PositiveIntegerField(null=True)
    is_overruled = models.BooleanField(default=False)
    decided_at = models.DateTimeField()


class Decision(models.Model):
    """One decision about a coverage; `by` and `words` are a person's who overruled."""

    coverage = models.ForeignKey(Coverage, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=11, choices=VerdictKind.choices)
    reason = models.CharField(max_length=11)
    clause = models.CharField(max_length=30, blank=True)
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    line = models.ForeignKey(
        Line, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    package = models.ForeignKey(
        Package, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    stop = models.ForeignKey(
        Stop, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    parts = models.PositiveSmallIntegerField(default=0)
    labour = models.PositiveSmallIntegerField(default=0)
    travel = models.PositiveSmallIntegerField(default=0)
    left = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    limit = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    warranty_until = models.DateField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        """In the order in which they were made."""

        ordering = ["coverage", "pk"]
