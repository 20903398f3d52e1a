"""Debts and stops: what is overdue by the books, and what is not done until it is paid."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.models.contract import Contract


class Receivable(models.Model):
    """One document of the books and what of it is still open; nothing open is paid."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="receivables")
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="receivables"
    )
    document = models.CharField(_("Document"), max_length=80)
    due_on = models.DateField(_("Due"))
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    open_amount = models.DecimalField(max_digits=14, decimal_places=2)
    read_at = models.DateTimeField()

    class Meta:
        """A document stands once; no more is open than was owed."""

        ordering = ["company", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "document"], name="receivable_once"),
            models.CheckConstraint(
                condition=models.Q(open_amount__gte=0, open_amount__lte=models.F("amount")),
                name="receivable_open_is_part",
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "due_on"],
                condition=models.Q(open_amount__gt=0),
                name="receivable_open",
            )
        ]


class StopFor(models.TextChoices):
    """Why something is stopped."""

    DEBT = "debt", _("Debts")
    PERSON = "person", _("Set by hand")


class BlockedKind(models.TextChoices):
    """What a stop blocks."""

    CONTRACT = "contract", _("Work that the contract covers")
    WARRANTY = "warranty", _("Work under warranty")
    CHARGEABLE = "chargeable", _("Work for money")


class Stop(models.Model):
    """One stop of a company, or of one of its contracts, until somebody lifts it."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="stops")
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="stops"
    )
    why = models.CharField(max_length=6, choices=StopFor.choices)
    blocks = ArrayField(models.CharField(max_length=10, choices=BlockedKind.choices))
    words = models.CharField(max_length=300, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lifted_words = models.CharField(max_length=300, blank=True)
    # Lifted by hand, debts do not stop anything before this day.
    pardoned_until = models.DateField(null=True)

    class Meta:
        """Debts stop a contract once at a time; a stop blocks something."""

        ordering = ["company", "-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=models.Q(why="debt", lifted_at=None),
                name="debts_stop_a_contract_once",
            ),
            models.CheckConstraint(condition=~models.Q(blocks=[]), name="stop_blocks_something"),
        ]
        indexes = [
            models.Index(
                fields=["company"], condition=models.Q(lifted_at=None), name="stop_at_work"
            )
        ]
