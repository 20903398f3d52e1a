"""Skills: what members of staff can do, and who can do it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.staff.models.member import Member


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
    """A member has a skill."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="masteries")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="masteries")
    since = models.DateTimeField()

    class Meta:
        """Once each."""

        constraints = [models.UniqueConstraint(fields=["skill", "member"], name="mastery_once")]
