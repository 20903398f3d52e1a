"""Revisions: what was sent for review or published, and never changes; and what reviews said."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.models.article import Audience
from ambidesk.support.knowledge.models.translation import Translation


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions."""

    def published(self) -> "RevisionQuerySet":
        """Those that are read: one a translation, of articles that are not archived."""
        return self.filter(
            number=models.F("translation__published"), translation__article__archived_at=None
        )

    def open_to_public(self, brand: Brand) -> "RevisionQuerySet":
        """Those that everybody may read in the help centre of a brand."""
        return self.published().filter(
            translation__article__audience=Audience.PUBLIC, translation__article__brands=brand
        )


class Revision(models.Model):
    """A text as it was; a trigger of the database keeps it from being changed."""

    translation = models.ForeignKey(
        Translation, on_delete=models.CASCADE, related_name="revisions", db_index=False
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=300, blank=True)
    keywords = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        """Revisions are counted from 1."""

        ordering = ["translation", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "number"], name="knowledge_revision_once"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gt=0), name="knowledge_revision_counts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class Outcome(models.TextChoices):
    """What happened to a revision."""

    SUBMITTED = "submitted", _("Sent for review")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    PUBLISHED = "published", _("Published")


class Review(models.Model):
    """One step of a revision's way, with words where it was returned."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="reviews")
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    words = models.TextField(blank=True, max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """The newest first; what is returned says why."""

        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome="returned", words=""), name="knowledge_return_says_why"
            )
        ]
