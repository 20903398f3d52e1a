"""Mailings: who gets a saved report by mail and when, and each mail that is to leave."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.across.insight.models.saved import SavedReport
from ambidesk.across.insight.rules.rhythm import Every, Rhythm


class Attached(models.TextChoices):
    """Which file goes along."""

    NONE = "", pgettext_lazy("file", "None")
    CSV = "csv", _("CSV file")
    XLSX = "xlsx", _("XLSX file")


EVERY = {
    Every.DAY: _("Every day"),
    Every.WEEK: _("Every week"),
    Every.MONTH: _("Every month"),
}


class ReportMailing(models.Model):
    """
    One reader of a report; `next_at` is the turn that comes next.

    `day` is that of the week (Monday is 1) or of the month; `ends_on` the last day that has one.
    Since `silent_since` it is about what its reader does not see, and no mail goes.
    """

    report = models.ForeignKey(SavedReport, on_delete=models.CASCADE, related_name="mailings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="report_mailings"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    every = models.CharField(max_length=5, choices=[(each.value, EVERY[each]) for each in Every])
    day = models.PositiveSmallIntegerField(default=1)
    clock = models.TimeField()
    zone = models.CharField(max_length=64)
    attached = models.CharField(max_length=4, choices=Attached.choices, blank=True)
    ends_on = models.DateField(null=True)
    next_at = models.DateTimeField(db_index=True)
    made_at = models.DateTimeField()
    silent_since = models.DateTimeField(null=True)

    class Meta:
        """Nobody gets the same twice."""

        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "user"], name="report_mailed_once"),
            models.CheckConstraint(
                condition=models.Q(day__gte=1, day__lte=31)
                & (~models.Q(every="week") | models.Q(day__lte=7)),
                name="report_mailing_has_a_day",
            ),
        ]

    @property
    def rhythm(self) -> Rhythm:
        """When it has its turns."""
        return Rhythm(
            every=Every(self.every), day=self.day, clock=self.clock, zone=ZoneInfo(self.zone)
        )


class ReportMail(models.Model):
    """One mail of one turn, about days [first, until); due, leased, tried, sent."""

    mailing = models.ForeignKey(
        ReportMailing, on_delete=models.CASCADE, related_name="mails", db_index=False
    )
    turn_at = models.DateTimeField()
    first = models.DateField()
    until = models.DateField()
    external_id = models.CharField(max_length=200, unique=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        """A turn has one mail; what is due is found at once."""

        constraints = [
            models.UniqueConstraint(fields=["mailing", "turn_at"], name="report_mail_once"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="report_mail_due",
            )
        ]
