"""
Contracts and their versions; what was active never changes but for an earlier end.

A trigger of the database keeps it so; two active versions of a contract never hold at once.
Periods are half-open: `until_on` is the first day that no longer belongs.
"""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.companies.models import Company, LegalEntity
from ambidesk.service.contracts.rules.deciding import Blocked


class FeeEvery(models.TextChoices):
    """For which time the fee is paid."""

    MONTH = "month", _("a month")
    QUARTER = "quarter", _("a quarter")
    YEAR = "year", _("a year")


class OutsideKind(models.TextChoices):
    """What becomes of work that the contract does not cover."""

    CHARGEABLE = "chargeable", _("Done for money, after an approved estimate")
    REFUSED = "refused", _("Refused")


def everything() -> list[str]:
    """What a stop for debts blocks unless somebody chose otherwise."""
    return [Blocked.CONTRACT.value]


class ContractQuerySet(Visible["Contract"]):
    """Contracts."""

    def in_force(self, on: date) -> "ContractQuerySet":
        """Those that hold on a day."""
        lasting = models.Q(until_on=None) | models.Q(until_on__gt=on)
        return self.filter(lasting, activated_at__isnull=False, starts_on__lte=on)


class Contract(models.Model):
    """One contract with a company; an empty end is none."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="contracts")
    legal_entity = models.ForeignKey(
        LegalEntity, on_delete=models.PROTECT, null=True, blank=True, related_name="contracts"
    )
    number = models.CharField(_("Number"), max_length=60)
    title = models.CharField(_("What it is about"), max_length=120, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, default="RUB")
    fee = models.DecimalField(_("Fee"), max_digits=14, decimal_places=2, null=True, blank=True)
    fee_every = models.CharField(max_length=7, choices=FeeEvery.choices, default=FeeEvery.MONTH)
    starts_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)
    renews_months = models.PositiveSmallIntegerField(_("Renewed for months"), default=0)
    notice_days = models.PositiveSmallIntegerField(_("Days of notice"), default=30)
    warn_days = ArrayField(models.PositiveSmallIntegerField(), default=list)
    warned_days = models.PositiveSmallIntegerField(null=True)
    # Debts older or larger than this put a stop on the company's work by this contract.
    stop_days = models.PositiveSmallIntegerField(null=True, blank=True)
    stop_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    stop_blocks = ArrayField(models.CharField(max_length=10), default=everything)
    activated_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    objects = ContractQuerySet.as_manager()

    class Meta:
        """A number is used once in a company."""

        ordering = ["company__name", "number"]
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="contract_number_once"),
            models.CheckConstraint(condition=~models.Q(number=""), name="contract_has_a_number"),
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gt=models.F("starts_on")),
                name="contract_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(
                fields=["until_on"],
                condition=models.Q(activated_at__isnull=False, until_on__isnull=False),
                name="contract_ends",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        begun = self.activated_at is not None and self.starts_on <= on
        return begun and (self.until_on is None or on < self.until_on)


class Termination(models.Model):
    """The end of a contract before its time: when notice was given, from when on, and why."""

    class Reason(models.TextChoices):
        """Why a contract ends."""

        CLIENT = "client", _("The client ended it")
        PROVIDER = "provider", _("We ended it")
        BREACH = "breach", _("It was broken")
        DEBTS = "debts", _("Debts")
        REPLACED = "replaced", _("Another contract takes its place")
        CLOSED = "closed", _("The site or company was closed")

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="termination")
    noticed_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=8, choices=Reason.choices)
    # What was offered so that the client would stay, and how that went.
    attempt = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()


class Version(models.Model):
    """What a contract says for a time; a draft until it is active."""

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField()
    starts_on = models.DateField(_("Holds from"))
    until_on = models.DateField(null=True, blank=True)
    outside = models.CharField(
        _("Work that no line covers"),
        max_length=10,
        choices=OutsideKind.choices,
        default=OutsideKind.CHARGEABLE,
    )
    channels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    activated_at = models.DateTimeField(null=True)
    activated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """Versions are counted from 1; of those in force there is one at a time."""

        ordering = ["contract", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="contract_version_once"),
            models.UniqueConstraint(
                fields=["contract"],
                condition=models.Q(activated_at=None),
                name="contract_has_one_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("starts_on")),
                name="contract_version_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="contract_version_alone",
                expressions=[
                    ("contract", RangeOperators.EQUAL),
                    (
                        models.Func(
                            "starts_on",
                            "until_on",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=models.Q(activated_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} / {self.number}"
