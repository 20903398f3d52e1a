"""Runs: what a version of a rule did with a ticket for one cause, once."""

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.models.rule import RuleVersion
from ambidesk.support.tickets.models import Ticket


class RunState(models.TextChoices):
    """What came of a run."""

    DUE = "due", _("Waits to run")
    DONE = "done", _("Ran")
    REFUSED = "refused", _("Could not run")
    LOOP = "loop", _("Stopped: it came back to itself")
    DEEP = "deep", _("Stopped: too many rules one after another")
    MUCH = "much", _("Stopped: too many runs within an hour")
    OFF = "off", _("Switched off before it ran")


STOPPED = (RunState.LOOP, RunState.DEEP, RunState.MUCH)


class Run(models.Model):
    """
    One run; `cause` is the number of the journal's entry that called for it.

    `chain` holds the ids of the rules that led to it, itself last; what it wrote into the ticket's
    journal lies between `first` and `last`. `refusal` is a sentence in each language.
    """

    version = models.ForeignKey(
        RuleVersion, on_delete=models.PROTECT, related_name="runs", db_index=False
    )
    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="rule_runs", db_index=False
    )
    cause = models.BigIntegerField()
    trigger = models.CharField(max_length=30)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.DUE)
    chain = models.JSONField()
    caused_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    refusal = models.JSONField(null=True)

    class Meta:
        """A version acts once for a cause; what waits is found at once."""

        constraints = [
            models.UniqueConstraint(fields=["version", "ticket", "cause"], name="rule_run_once"),
            models.CheckConstraint(
                condition=models.Q(state="due", ended_at=None)
                | (~models.Q(state="due") & models.Q(ended_at__isnull=False)),
                name="ended_rule_run_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(state="due"), name="rule_run_due"),
            models.Index(fields=["ticket", "-id"], name="rule_run_of_ticket"),
            models.Index(fields=["version", "-id"], name="rule_run_of_version"),
        ]

    @property
    def refused(self) -> str:
        """Why it could not run, in the language of the reader."""
        said = self.refusal or {}
        return str(said.get(translation.get_language() or "en") or said.get("en", ""))
