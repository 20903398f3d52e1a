"""Problems: what could not be handled, once each while it lasts, with what to do about it."""

from django.db import models


class Problem(models.Model):
    """
    One trouble with one thing.

    `kind` names the sentence and the next step on the screen; `facts` fill it in.
    """

    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    solved_at = models.DateTimeField(null=True)

    class Meta:
        """A trouble stands once while it lasts."""

        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_kind", "subject_id"],
                condition=models.Q(solved_at=None),
                name="problem_once",
            ),
        ]
