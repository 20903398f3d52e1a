"""Successions: all open work of a member went on, by batches that can be undone."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.staff.models import Absence, Member, Team
from ambidesk.support.desk.models import Batch


class Way(models.TextChoices):
    """To whom open work goes."""

    MEMBER = "member", _("To one colleague")
    SKILLS = "skills", _("To colleagues of each team, by skills and load")
    TEAM = "team", _("To one team")
    BACK = "back", _("Back to the team of each ticket")


class Succession(models.Model):
    """
    One handover; `absence` is the one that moved the work by itself.

    `left` are the numbers of tickets for which nobody was found: they stay.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="successions")
    way = models.CharField(max_length=6, choices=Way.choices)
    to_member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    absence = models.ForeignKey(
        Absence, on_delete=models.SET_NULL, null=True, related_name="successions"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    left = ArrayField(models.BigIntegerField(), default=list)
    batches = models.ManyToManyField(Batch, related_name="successions")

    class Meta:
        """The latest first; whom it goes to is said just where the way asks for it."""

        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way="member", to_member__isnull=False)
                | (~models.Q(way="member") & models.Q(to_member=None)),
                name="succession_to_one",
            ),
            models.CheckConstraint(
                condition=models.Q(way="team", to_team__isnull=False)
                | (~models.Q(way="team") & models.Q(to_team=None)),
                name="succession_to_team",
            ),
        ]
