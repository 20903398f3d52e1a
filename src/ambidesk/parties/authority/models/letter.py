"""
Letters: mails about coming in that wait to be sent; once sent they are gone.

A link is a secret: it lies sealed, and whoever asked for it never reads it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.companies.models import Company


class LetterKind(models.TextChoices):
    """What a letter says."""

    INVITED = "invited", _("Invitation")
    # Somebody signs in already and may act for one more company.
    ADDED = "added", _("One more company")
    # Somebody of a trusted domain asked for an account of their own.
    JOINING = "joining", _("Confirmation of an address")
    # To those who do what is handed over to their company.
    WORK = "work", _("New work")
    REWORK = "rework", _("Work sent back")
    WORD = "word", _("A word about work")


class Letter(models.Model):
    """One mail to an address; due, leased, tried."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=LetterKind.choices)
    address = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    sealed = models.TextField(blank=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        """Of each kind the newest to an address about a company."""

        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "address"], name="letter_newest_of_kind"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(given_up_at=None), name="letter_due")
        ]
