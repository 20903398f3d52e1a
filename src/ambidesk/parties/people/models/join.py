"""Joins: two persons who are one human being. A row that can be undone; nothing else is written."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.people.models.identity import Identity
from ambidesk.parties.people.models.person import Person


class Basis(models.TextChoices):
    """Why two persons were joined."""

    PROOF = "proof", _("One address proved to be both's")
    DECISION = "decision", _("A colleague decided")


class JoinQuerySet(models.QuerySet["Join"]):
    """Joins."""

    def standing(self) -> "JoinQuerySet":
        """Those that were not undone."""
        return self.filter(undone_at=None)


class Join(models.Model):
    """Two persons held for one; `one` is the one who was there before."""

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    # The address that proved it.
    proof = models.ForeignKey(
        Identity, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    joined_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = JoinQuerySet.as_manager()

    class Meta:
        """Two persons are joined once at a time, in the order of their numbers."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="join_in_order"
            ),
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=models.Q(undone_at=None),
                name="joined_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(basis="decision", proof=None)
                | models.Q(basis="proof", proof__isnull=False),
                name="proof_of_a_join",
            ),
        ]
        indexes = [models.Index(fields=["other"], name="joins_of_other")]
