"""Until when ends and beginnings of authorities were looked through; one row, moved on."""

from django.db import models


class Sweep(models.Model):
    """The instant up to which streams of those whose authority moved are closed."""

    swept_to = models.DateTimeField()
