"""Shared logins: a contact who is no human being but a department, whose people sign in as it."""

from django.db import models

from ambidesk.parties.companies.models import Contact, Department


class SharedLogin(models.Model):
    """One contact that stands for a department; whoever signs in as it says who is speaking."""

    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="shared_login")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
