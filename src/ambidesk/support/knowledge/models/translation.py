"""Translations: an article in one language, its draft and what of it is published."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.support.knowledge.models.article import Article


class Language(models.TextChoices):
    """The languages of articles."""

    RUSSIAN = "ru", _("Russian")
    ENGLISH = "en", _("English")


class Stage(models.TextChoices):
    """How far the newest text is; what was published before stays so meanwhile."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")


class Translation(models.Model):
    """
    An article in one language.

    `title` to `body` are the draft, `version` counts its changes; `published` is the number of the
    revision that is read.
    `outdated_at` says since when the other language is further than this one.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="translations", db_index=False
    )
    language = models.CharField(max_length=2, choices=Language.choices)
    slug = models.CharField(max_length=100)
    title = models.CharField(_("Title"), max_length=160)
    summary = models.CharField(_("Summary"), max_length=300, blank=True)
    keywords = models.CharField(_("Words people use"), max_length=300, blank=True)
    body = models.TextField(_("Text"), blank=True)
    version = models.PositiveIntegerField(default=1)
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.DRAFT)
    published = models.PositiveIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    outdated_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """A language once an article, an address once a language."""

        ordering = ["article", "-language"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language"], name="knowledge_translation_once"
            ),
            models.UniqueConstraint(fields=["language", "slug"], name="knowledge_slug_once"),
            models.CheckConstraint(
                condition=models.Q(published=None, published_at=None)
                | models.Q(published__isnull=False, published_at__isnull=False),
                name="knowledge_published_says_when",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="knowledge_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class FormerSlug(models.Model):
    """An address that a translation had; it still leads there."""

    language = models.CharField(max_length=2, choices=Language.choices)
    slug = models.CharField(max_length=100)
    translation = models.ForeignKey(
        Translation, on_delete=models.CASCADE, related_name="former_slugs"
    )

    class Meta:
        """It leads to one."""

        constraints = [
            models.UniqueConstraint(fields=["language", "slug"], name="knowledge_former_slug_once")
        ]
