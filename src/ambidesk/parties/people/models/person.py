"""
Persons: human beings, known by identities. An erased person stays as an empty row.

Joined persons stay rows of their own, with what came by their addresses; `whole` makes them one.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Coalesce, Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.ground.reach.branches import Visible


class PersonQuerySet(Visible["Person"]):
    """Persons."""

    def known(self) -> "PersonQuerySet":
        """Those who were not erased."""
        return self.filter(erased_at=None)

    def one_with(self, person: "Person") -> "PersonQuerySet":
        """The person and all who were joined with them."""
        return self.filter(whole=person.whole)


class Person(models.Model):
    """A human being; consumer, contact of companies, member of staff, or several at once."""

    name = models.CharField(pgettext_lazy("person", "Name"), max_length=200, blank=True)
    language = models.CharField(_("Language"), max_length=2, blank=True)
    remark = models.TextField(_("Remark"), blank=True, max_length=4000)
    first_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    # Derived from the joins that stand: the first of all who are one human being; None is oneself.
    head = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # The same number for all of them. Whatever belongs to a human being is asked for by it.
    whole = models.GeneratedField(
        expression=Coalesce("head", "id"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        """An erased person keeps nothing that names them."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(name="", remark=""),
                name="erased_person_has_no_words",
            ),
            models.CheckConstraint(
                condition=models.Q(head=None) | models.Q(head__lt=models.F("id")),
                name="head_is_the_first",
            ),
        ]
        # The latter is as `icontains` asks.
        indexes = [
            models.Index(fields=["whole"], name="parts_of_a_person"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="person_name_alike"),
        ]

    @property
    def called(self) -> str:
        """The one name of all who were joined; of many rows the head is read with them."""
        return self.head.name if self.head and self.head.name else self.name

    @property
    def initials(self) -> str:
        """One or two letters that stand for the person on a small picture."""
        return "".join(word[0] for word in self.called.split()[:2]).upper()
