"""Ratings: what somebody answered; their words are blanked when they are erased."""

from django.db import models

from ambidesk.relation.feedback.models.invitation import Invitation, Way


class Rating(models.Model):
    """One answer; `by_itself` while only the page has sent it and nobody pressed anything."""

    invitation = models.OneToOneField(
        Invitation, on_delete=models.PROTECT, primary_key=True, related_name="rating"
    )
    score = models.SmallIntegerField()
    is_good = models.BooleanField()
    way = models.CharField(max_length=9, choices=Way.choices)
    by_itself = models.BooleanField(default=False)
    rated_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    comment = models.TextField(blank=True, max_length=4000)

    class Meta:
        """Scores are those of some scale."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=0, score__lte=10), name="rating_is_on_a_scale"
            ),
        ]
