"""Visitors of widgets, their words by the keys of their browsers, and their files."""

from datetime import datetime, timedelta
from typing import Final

from django.db import models

from ambidesk.ground.files.models import Blob
from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models import Channel, Message, Thread

# So long the token of a guest who is not seen any more is remembered.
IDLE_AT_MOST: Final = timedelta(days=365)


class Visitor(models.Model):
    """
    One browser; `digest` is SHA-256 of its token, which nobody here knows.

    Who signed in at the site is known until `proved_until`; `read_id` is the newest message of ours
    that was looked at, `mailed_until` until when what became due also went by mail.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="visitors")
    digest = models.CharField(max_length=64, unique=True)
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="visits")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="visitors")
    proved_until = models.DateTimeField(null=True)
    email = models.CharField(max_length=320, blank=True)
    language = models.CharField(max_length=2)
    browser_language = models.CharField(max_length=35, blank=True)
    page = models.CharField(max_length=500, blank=True)
    page_title = models.CharField(max_length=200, blank=True)
    referrer = models.CharField(max_length=500, blank=True)
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    read_id = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    mailed_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    @property
    def is_proved(self) -> bool:
        """The site's server signed for them."""
        return self.proved_until is not None

    def is_living(self, at: datetime) -> bool:
        """Whether their token counts; with channel and identity at hand it is no question."""
        lives = self.proved_until or self.seen_at + IDLE_AT_MOST
        is_kept = self.closed_at is None and self.identity.erased_at is None
        return is_kept and self.channel.enabled and at < lives


class VisitorWord(models.Model):
    """What a browser said under a key of its own; the same key twice is the same message."""

    visitor = models.ForeignKey(
        Visitor, on_delete=models.CASCADE, related_name="words", db_index=False
    )
    key = models.UUIDField()
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """A key is used once."""

        constraints = [
            models.UniqueConstraint(fields=["visitor", "key"], name="visitor_word_once"),
        ]


class VisitorFile(models.Model):
    """A file that a visitor brought and has not sent yet."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=43, unique=True)
    name = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()
