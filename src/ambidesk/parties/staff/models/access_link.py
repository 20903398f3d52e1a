"""Links by which a colleague chooses a password: the newest of an account is good, and once."""

from django.conf import settings
from django.db import models


class AccessLink(models.Model):
    """The one link of an account; only the digest of its token is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_link"
    )
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()
