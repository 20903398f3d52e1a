"""Surveys: what is asked of whom, when, and for how long one may answer."""

from datetime import timedelta, tzinfo

from django.db import models
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.relation.feedback.rules.scales import Scale, SurveyKind, scale_of
from ambidesk.support.conversations.models import Channel


class Occasion(models.TextChoices):
    """When a survey asks."""

    CLOSING = "closing", _("After closing")
    PERIODIC = "periodic", _("From time to time")


class Survey(models.Model):
    """
    One survey; empty brand, team and channel mean all of them.

    `question` "" asks in the product's words, in the person's language. A periodic one asks a
    person `every` so long, if they had `least_tickets` and the last one within `active_within`.
    """

    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(
        _("Measures"), max_length=4, choices=SurveyKind.choices, default=SurveyKind.CSAT
    )
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, null=True, related_name="+")
    question = models.CharField(_("Question"), max_length=200, blank=True)
    ask_after = models.DurationField(default=timedelta(hours=1))
    quiet_for = models.DurationField(default=timedelta(days=14))
    open_for = models.DurationField(default=timedelta(days=30))
    change_for = models.DurationField(default=timedelta(days=7))
    occasion = models.CharField(max_length=8, choices=Occasion.choices, default=Occasion.CLOSING)
    every = models.DurationField(default=timedelta(days=90))
    active_within = models.DurationField(default=timedelta(days=180))
    least_tickets = models.PositiveSmallIntegerField(default=1)
    most_a_day = models.PositiveIntegerField(default=200)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A name is used once; spans are not negative."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="survey_name_once"),
            models.CheckConstraint(
                condition=models.Q(
                    ask_after__gte=timedelta(),
                    quiet_for__gte=timedelta(),
                    open_for__gt=timedelta(),
                    change_for__gte=timedelta(),
                ),
                name="survey_spans_are_spans",
            ),
            models.CheckConstraint(
                condition=models.Q(every__gte=timedelta(days=1), active_within__gt=timedelta()),
                name="survey_rests_between_rounds",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def clock(self) -> tzinfo:
        """By whose time it asks: that of its brand, where it is one brand's."""
        return self.brand.clock if self.brand else get_default_timezone()

    @property
    def is_periodic(self) -> bool:
        """It asks from time to time, not after closing."""
        return self.occasion == Occasion.PERIODIC

    @property
    def scale(self) -> Scale:
        """The scores that can be given."""
        return scale_of(self.kind)

    @property
    def narrowness(self) -> int:
        """How narrowly it is meant: the narrowest one that fits a ticket asks."""
        return 4 * bool(self.channel_id) + 2 * bool(self.team_id) + bool(self.brand_id)
