"""Skills: what members of staff can do, and who can do it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.staff.models.member import Member


class Level(models.IntegerChoices):
    """How well somebody can do it; who still learns it is given nothing that needs it."""

    LEARNS = 1, _("learns it")
    ALONE = 2, _("works alone")
    TEACHES = 3, _("teaches it")


# From here on queues take somebody for one who has the skill.
ENOUGH = Level.ALONE


class Skill(models.Model):
    """Something that not everybody can do: a language, a product, a kind of trouble."""

    name = models.CharField(_("Name"), max_length=60)
    members = models.ManyToManyField(Member, through="Mastery", related_name="skills")
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One skill a name."""

        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="skill_name_once")]

    def __str__(self) -> str:
        return self.name


class Mastery(models.Model):
    """A member has a skill, or learns it."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="masteries")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="masteries")
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=ENOUGH)
    since = models.DateTimeField()

    class Meta:
        """Once each, at a level that there is."""

        constraints = [
            models.UniqueConstraint(fields=["skill", "member"], name="mastery_once"),
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 3)), name="mastery_at_a_level"
            ),
        ]
