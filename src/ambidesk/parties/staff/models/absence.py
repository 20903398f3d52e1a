"""Absences: when somebody is not here, why, and who stands in; instants as [starts_at, ends_at)."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.ground.reach.models import User
from ambidesk.parties.staff.models.member import Member


class AbsenceKind(models.TextChoices):
    """Why somebody is not here."""

    HOLIDAY = "holiday", _("Holiday")
    ILLNESS = "illness", _("Illness")
    TRAINING = "training", _("Training")
    TRIP = "trip", _("Business trip")
    OTHER = "other", _("Other")


class WorkGoes(models.TextChoices):
    """What becomes of open work when an absence begins."""

    STAYS = "stays", _("stays; the deputy hears what happens on it")
    TO_DEPUTY = "deputy", _("goes to the deputy")
    TO_TEAM = "team", _("goes back to the team")


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences."""

    def at(self, instant: datetime) -> "AbsenceQuerySet":
        """Those that last at the instant."""
        return self.filter(starts_at__lte=instant, ends_at__gt=instant)

    def over(self, starts_at: datetime, ends_at: datetime) -> "AbsenceQuerySet":
        """Those of which some part lies in [starts_at, ends_at)."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def of_open_accounts(self) -> "AbsenceQuerySet":
        """Those of people who still work here."""
        return self.filter(member__user__is_active=True)

    def of(self, members: Iterable[int]) -> "AbsenceQuerySet":
        """Those of these members."""
        return self.filter(member__in=list(members))


class Absence(models.Model):
    """
    One absence; `moved_at` is when its beginning was seen to, whatever became of open work then.

    `said_by` is who entered it: on their rights open work moves.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(
        pgettext_lazy("absence", "Why"), max_length=10, choices=AbsenceKind.choices
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    deputy = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="stands_in"
    )
    work = models.CharField(
        _("Open work"), max_length=6, choices=WorkGoes.choices, default=WorkGoes.STAYS
    )
    note = models.CharField(_("Note"), max_length=200, blank=True)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        """Nobody is away twice at once, nor stands in for themselves."""

        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(
                fields=["starts_at"],
                condition=models.Q(moved_at=None),
                name="absence_to_begin",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="absence_not_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(deputy=None) | ~models.Q(deputy=models.F("member")),
                name="absence_deputy_is_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(work="deputy") | models.Q(deputy__isnull=False),
                name="absence_work_goes_to_somebody",
            ),
            ExclusionConstraint(
                name="absence_alone",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    (
                        models.Func(
                            "starts_at",
                            "ends_at",
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def lasts(self, at: datetime) -> bool:
        """Whether it lasts at the instant."""
        return self.starts_at <= at < self.ends_at
