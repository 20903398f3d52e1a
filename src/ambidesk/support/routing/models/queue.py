"""Queues: how a team gives out its work, what a channel weighs, which skills a ticket needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.staff.models import Skill, Team


class Mode(models.TextChoices):
    """How work reaches a person."""

    OFF = "off", _("By hand: people choose for themselves")
    PULL = "pull", _("Pull: people take the next one")
    PUSH = "push", _("Push: the desk gives the next one to whoever has been idle longest")


class Queue(models.Model):
    """
    The queue of one team; seconds where a name does not say otherwise.

    `hold_for`, `correction` are learnt from what was taken and released: see `pacing`.
    """

    team = models.OneToOneField(
        Team, on_delete=models.CASCADE, primary_key=True, related_name="queue"
    )
    mode = models.CharField(_("How work is given out"), max_length=4, choices=Mode.choices)
    overflow_to = models.ForeignKey(
        Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    overflow_after = models.PositiveIntegerField(null=True, blank=True)
    away_after = models.PositiveIntegerField(default=600)
    return_after = models.PositiveIntegerField(default=60)
    shows_wait = models.BooleanField(default=True)
    target_seconds = models.PositiveIntegerField(default=60)
    target_percent = models.PositiveSmallIntegerField(default=80)
    patience_seconds = models.PositiveIntegerField(default=300)
    hold_for = models.FloatField(default=300.0)
    correction = models.FloatField(default=1.0)

    class Meta:
        """A rule for overflow says where to and when."""

        constraints = [
            models.CheckConstraint(
                condition=~models.Q(overflow_to=models.F("team")), name="queue_flows_elsewhere"
            ),
            models.CheckConstraint(
                condition=models.Q(target_percent__gte=1, target_percent__lte=99),
                name="queue_target_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.team.name


class ChannelWeight(models.Model):
    """
    How much of a person a talk on a kind of channel takes.

    `keeps` says that the weight stays while the requester is silent, as in a chat.
    """

    kind = models.CharField(max_length=20, primary_key=True)
    weight = models.PositiveSmallIntegerField()
    keeps = models.BooleanField()


class Need(models.Model):
    """A ticket for which the condition holds needs the skill."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="needs")
    condition = models.JSONField()
