"""Contacts: a person speaks for a company, from a day until a day."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.companies.models.company import Company, Department
from ambidesk.parties.people.models import Person


class ContactQuerySet(Visible["Contact"]):
    """Contacts."""

    def on(self, day: date) -> "ContactQuerySet":
        """Those who speak for their companies on the day."""
        lasting = models.Q(until_on=None) | models.Q(until_on__gt=day)
        return self.filter(lasting, since_on__lte=day)


class Contact(models.Model):
    """A person's post in a company, days as [since, until)."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="contacts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    post = models.CharField(_("Post"), max_length=120, blank=True)
    since_on = models.DateField(_("Since"))
    until_on = models.DateField(_("Until"), null=True, blank=True)
    birthday = models.DateField(_("Birthday"), null=True, blank=True)
    # What is said in fields of the installation's own, by their ids.
    custom = models.JSONField(default=dict, db_default={})

    objects = ContactQuerySet.as_manager()

    class Meta:
        """A person has one post in a company at a time; periods are not empty."""

        constraints = [
            models.UniqueConstraint(
                fields=["company", "person"],
                condition=models.Q(until_on=None),
                name="contact_once_at_a_time",
            ),
            models.UniqueConstraint(fields=["id", "company"], name="contact_of_company"),
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gt=models.F("since_on")),
                name="contact_period_not_empty",
            ),
        ]

    def speaks_on(self, day: date) -> bool:
        """Whether the person speaks for the company on the day."""
        return self.since_on <= day and (self.until_on is None or day < self.until_on)
