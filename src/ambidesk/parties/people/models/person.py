"""Persons: human beings, known by identities. An erased person stays as an empty row."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.ground.reach.branches import Visible


class PersonQuerySet(Visible["Person"]):
    """Persons."""

    def known(self) -> "PersonQuerySet":
        """Those who were not erased."""
        return self.filter(erased_at=None)


class Person(models.Model):
    """A human being; consumer, contact of companies, member of staff, or several at once."""

    name = models.CharField(pgettext_lazy("person", "Name"), max_length=200, blank=True)
    language = models.CharField(_("Language"), max_length=2, blank=True)
    remark = models.TextField(_("Remark"), blank=True, max_length=4000)
    first_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        """An erased person keeps nothing that names them."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(name="", remark=""),
                name="erased_person_has_no_words",
            ),
        ]

    @property
    def initials(self) -> str:
        """One or two letters that stand for the person on a small picture."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()
