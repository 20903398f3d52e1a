"""Teams: people who share queues; a team serves brands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models.member import Member


class Line(models.IntegerChoices):
    """Levels of support: what one cannot do goes on to the next."""

    FIRST = 1, _("First line")
    SECOND = 2, _("Second line")
    THIRD = 3, _("Third line")


class Team(models.Model):
    """People who share queues."""

    name = models.CharField(_("Name"), max_length=80)
    brands = models.ManyToManyField(Brand, related_name="teams", verbose_name=_("Brands"))
    members = models.ManyToManyField(Member, through="Membership", related_name="teams")
    line = models.PositiveSmallIntegerField(_("Line"), choices=Line.choices, default=Line.FIRST)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One team a name."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="team_name_once"),
            models.CheckConstraint(condition=models.Q(line__range=(1, 3)), name="team_on_a_line"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A member belongs to a team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="memberships")
    since = models.DateTimeField()

    class Meta:
        """Once in a team."""

        constraints = [models.UniqueConstraint(fields=["team", "member"], name="membership_once")]
