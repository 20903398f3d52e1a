"""Insertions: that an article was put into an answer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.support.knowledge.models.article import Article
from ambidesk.support.knowledge.models.translation import Language
from ambidesk.support.tickets.models import Ticket


class Manner(models.TextChoices):
    """How it was put in."""

    LINK = "link", _("As a link")
    TEXT = "text", _("As text")


class Insertion(models.Model):
    """An article put into an answer on a ticket by an operator."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="insertions")
    language = models.CharField(max_length=2, choices=Language.choices)
    manner = models.CharField(max_length=4, choices=Manner.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
