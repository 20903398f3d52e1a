"""Runs of imports: when, from which source, with how much of what."""

from django.db import models


class ImportRun(models.Model):
    """One run; without an end it was stopped, and the next one goes on."""

    source = models.CharField(max_length=80)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    created = models.IntegerField(default=0)
    continued = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
