"""Milestones: when a stage of a big process is to begin and end, and what it may cost."""

from decimal import Decimal

from django.db import models

from ambidesk.ground.kernel.money import Money
from ambidesk.service.workflow.models.process import ProcessVersion
from ambidesk.service.workflow.models.run import Run


class Milestone(models.Model):
    """
    What is planned for one stage of a run, both days included; what is not planned is empty.

    It is kept with the version whose stage it names: a conversion begins without any.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="milestones")
    version = models.ForeignKey(
        ProcessVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stage = models.PositiveIntegerField()
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    budget = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        """One of each stage, with something planned."""

        ordering = ["run", "stage"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "version", "stage"], name="milestone_of_stage_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(begins_on=None, ends_on=None, budget=None),
                name="milestone_plans_something",
            ),
            models.CheckConstraint(
                condition=models.Q(begins_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("begins_on")),
                name="milestone_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(budget=None) | models.Q(budget__gte=Decimal(0)),
                name="milestone_budget_counts",
            ),
            models.CheckConstraint(
                condition=models.Q(budget=None) | ~models.Q(currency=""),
                name="milestone_budget_has_a_currency",
            ),
        ]

    @property
    def money(self) -> Money | None:
        """The budget, where there is one."""
        return None if self.budget is None else Money(self.budget, self.currency)
