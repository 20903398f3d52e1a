"""Penalties: what one late promise costs by one clause of a contract."""

from django.db import models

from ambidesk.service.contracts.models import Contract, PenaltyRule
from ambidesk.service.contracts.models.line import Excuse, PenalisedKind
from ambidesk.service.sla.models import Promise


class Penalty(models.Model):
    """
    One breach by one rule, in the fee's period that begins on `period`.

    `cut` is what the cap took off; what is excused by its clause costs nothing and stays listed.
    `excused` stands against the amount where a person excused the breach.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="penalties")
    rule = models.ForeignKey(PenaltyRule, on_delete=models.PROTECT, related_name="+")
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="penalties")
    goal = models.CharField(max_length=14, choices=PenalisedKind.choices)
    number = models.PositiveIntegerField()
    period = models.DateField()
    on = models.DateField()
    late_seconds = models.PositiveBigIntegerField()
    excuse = models.CharField(max_length=9, choices=Excuse.choices, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    cut = models.DecimalField(max_digits=14, decimal_places=2)
    excused = models.DecimalField(max_digits=14, decimal_places=2, default=0, db_default=0)
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()

    class Meta:
        """A breach is counted once by a rule."""

        ordering = ["contract", "-period", "on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "promise", "goal", "number"], name="penalty_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0, cut__gte=0)
                & (models.Q(excuse="") | models.Q(amount=0)),
                name="penalty_excused_costs_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(excused=0) | models.Q(excused=models.F("amount")),
                name="penalty_excused_in_whole",
            ),
        ]
