"""Readings: that somebody opened an article, and that the same browser asked; no names."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.models.article import Article
from ambidesk.support.knowledge.models.translation import Language


class Door(models.TextChoices):
    """Where an article was opened."""

    CENTRE = "centre", _("Help centre")
    WIDGET = "widget", _("Widget")
    FORM = "form", _("Web form")


class Reading(models.Model):
    """An article opened by a browser; `reader` is the digest of what the browser keeps."""

    reader = models.CharField(max_length=64)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="readings")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=2, choices=Language.choices)
    door = models.CharField(max_length=6, choices=Door.choices)
    at = models.DateTimeField()

    class Meta:
        """Read by reader and by time."""

        indexes = [
            models.Index(fields=["reader", "at"], name="knowledge_reading_of_reader"),
            models.Index(fields=["at"], name="knowledge_reading_at"),
        ]


class Ask(models.Model):
    """The browser of a reader asked the desk."""

    reader = models.CharField(max_length=64)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        """Read by reader and time."""

        indexes = [
            models.Index(fields=["reader", "at"], name="knowledge_ask_of_reader"),
            models.Index(fields=["at"], name="knowledge_ask_at"),
        ]
