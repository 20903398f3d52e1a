"""Trials: what a rule would have done over a period that is past; nothing is changed by one."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.models.rule import Rule
from ambidesk.support.tickets.models import Ticket


class TrialState(models.TextChoices):
    """How far a trial is."""

    WORKING = "working", _("Under way")
    STOPPED = "stopped", _("Stopped")
    DONE = "done", _("Done")


class Outcome(models.TextChoices):
    """What would have come of one cause."""

    YES = "yes", _("Would have run")
    UNKNOWN = "unknown", _("Nobody can know")
    NO = "no", _("Would not have run")


class Trial(models.Model):
    """
    One trial of what a rule says, over the tickets that its maker sees; the counts are of causes.

    Tickets up to `at_ticket` are looked at; `since` and `until` cut the causes, half open.
    """

    rule = models.ForeignKey(
        Rule, on_delete=models.CASCADE, null=True, related_name="trials", db_index=False
    )
    said = models.JSONField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rule_trials"
    )
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=TrialState.choices, default=TrialState.WORKING)
    total = models.PositiveIntegerField()
    looked = models.PositiveIntegerField(default=0)
    at_ticket = models.BigIntegerField(default=0)
    yes = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    tickets = models.PositiveIntegerField(default=0)

    class Meta:
        """What is under way is found at once."""

        indexes = [
            models.Index(fields=["rule", "-id"], name="rule_trial_of_rule"),
            models.Index(
                fields=["id"], condition=models.Q(state="working"), name="rule_trial_working"
            ),
        ]

    @property
    def is_working(self) -> bool:
        """Whether it goes on."""
        return self.state == TrialState.WORKING

    @property
    def share(self) -> int:
        """How much of it is done, in percent."""
        return min(100, 100 * self.looked // max(self.total, 1))


class TrialCase(models.Model):
    """One cause that was judged; `verdicts` says of each question yes, no, or null for unknown."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="cases", db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    cause = models.BigIntegerField()
    trigger = models.CharField(max_length=30)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    verdicts = models.JSONField()

    class Meta:
        """A cause is judged once."""

        constraints = [
            models.UniqueConstraint(fields=["trial", "ticket", "cause"], name="rule_trial_once")
        ]
        indexes = [models.Index(fields=["trial", "outcome", "id"], name="rule_trial_cases")]
