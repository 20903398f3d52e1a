"""Mentorings: a newcomer and who goes along with them, from a day until a day."""

from datetime import date

from django.db import models

from ambidesk.parties.staff.models.member import Member


class MentoringQuerySet(models.QuerySet["Mentoring"]):
    """Mentorings."""

    def on(self, day: date) -> "MentoringQuerySet":
        """Those that last on the day, of people who still work here."""
        here = self.filter(member__user__is_active=True, mentor__user__is_active=True)
        return here.filter(since_on__lte=day, until_on__gt=day)


class Mentoring(models.Model):
    """The newest mentoring of a member, days as [since, until)."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="mentoring")
    mentor = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="newcomers")
    since_on = models.DateField()
    until_on = models.DateField()

    objects = MentoringQuerySet.as_manager()

    class Meta:
        """Nobody is their own mentor, and a period is not empty."""

        constraints = [
            models.CheckConstraint(
                condition=~models.Q(member=models.F("mentor")), name="mentoring_of_another"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("since_on")),
                name="mentoring_period_not_empty",
            ),
        ]
