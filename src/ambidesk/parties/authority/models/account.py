"""Accounts: by which a person who is a contact signs in; for all of their companies one."""

from django.conf import settings
from django.db import models

from ambidesk.parties.people.models import Person


class Account(models.Model):
    """A person and the user as whom they sign in, who is no member of staff."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="account"
    )
    invited_at = models.DateTimeField()
