"""Terms: how approvals are asked, for the whole desk; one row."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.money import Money
from ambidesk.service.sla.models import ServiceCalendar

ONLY = 1


class Terms(models.Model):
    """Each step is waited for so much working time; a link alone decides up to an amount."""

    patience = models.DurationField(default=timedelta(hours=4))
    calendar = models.ForeignKey(
        ServiceCalendar, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    open_for = models.DurationField(default=timedelta(days=7))
    freely_to_minor = models.PositiveBigIntegerField(default=2_000_000)
    currency = models.CharField(_("Currency"), max_length=3, default="RUB")

    class Meta:
        """There is one."""

        constraints = [
            models.CheckConstraint(condition=models.Q(pk=ONLY), name="one_row_of_terms"),
            models.CheckConstraint(
                condition=models.Q(patience__gt=timedelta(), open_for__gt=timedelta()),
                name="terms_last",
            ),
        ]

    @property
    def freely_to(self) -> Money:
        """Up to this the link in a mail is enough."""
        return Money.of_minor(self.freely_to_minor, self.currency)

    def __str__(self) -> str:
        return str(_("How approvals are asked"))

    def is_free(self, amount: Money | None) -> bool:
        """Whether the link alone decides; what costs nothing, and so much in this currency."""
        if amount is None:
            return True
        limit = self.freely_to
        return amount.currency == limit.currency and amount <= limit
