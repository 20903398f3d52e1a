"""Domains: whoever writes from one of them may speak for the company, once it says so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.companies.models import Company


class TrustedDomain(models.Model):
    """A mail domain of a company, in lower case."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(_("Domain"), max_length=253)
    since = models.DateTimeField()

    class Meta:
        """A domain belongs to one company."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="trusted_domain_once"),
            models.CheckConstraint(
                condition=models.Q(name=models.functions.Lower("name")) & ~models.Q(name=""),
                name="trusted_domain_in_lower_case",
            ),
        ]
