"""Claims: a vendor is asked to make good what broke under warranty; the number is the vendor's."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.money import Money
from ambidesk.support.handovers.models.handover import Handover
from ambidesk.support.handovers.rules.claim import OUTCOMES, ClaimState

OVER = [each.value for each in sorted(OUTCOMES)]


class Claim(models.Model):
    """One claim of a handover; what was recovered is booked as a credit of the ticket."""

    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="claim")
    state = models.CharField(max_length=8, choices=ClaimState.choices, default=ClaimState.ASKED)
    number = models.CharField(_("RMA number"), max_length=60, blank=True)
    asked_at = models.DateTimeField()
    numbered_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    recovered = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        """What is settled has an end, and what is recovered a currency."""

        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OVER, settled_at__isnull=False)
                | (~Q(state__in=OVER) & Q(settled_at=None)),
                name="claim_settled_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(recovered=None)
                | (Q(recovered__gte=0, state__in=OVER) & ~Q(currency="")),
                name="claim_recovers_when_settled",
            ),
        ]

    @property
    def is_over(self) -> bool:
        """Whether the vendor has decided."""
        return ClaimState(self.state) in OUTCOMES

    @property
    def money(self) -> Money | None:
        """What came back of the cost, if anything."""
        return None if self.recovered is None else Money(self.recovered, self.currency)
