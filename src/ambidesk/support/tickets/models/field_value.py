"""
What a custom field of a ticket is filled with: one row a value, in the column of its kind.

Each column has an index that begins with the field, so that lists filter and sort by any field.
"""

from django.db import models
from django.db.models.functions import Left, Lower
from django.db.models.lookups import Exact

from ambidesk.ground.fields.models import Definition, Option
from ambidesk.parties.people.models import Person
from ambidesk.support.tickets.models.ticket import Ticket

COLUMNS = ("words", "number", "is_yes", "day", "instant", "option", "person")
# So much of a text is sorted and compared by; an index takes no more than 2,700 bytes.
SORTED = 200


class FieldValue(models.Model):
    """One value; several choices are several rows."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, related_name="field_values", db_index=False
    )
    definition = models.ForeignKey(
        Definition, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    words = models.TextField(null=True)  # noqa: DJ001 the columns of the other kinds are empty
    number = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    is_yes = models.BooleanField(null=True)
    day = models.DateField(null=True)
    instant = models.DateTimeField(null=True)
    option = models.ForeignKey(
        Option, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Joined persons stay rows of their own: it means whom this one is part of.
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        """One column holds the value; a field has one value, or several different choices."""

        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "definition", "option"],
                nulls_distinct=False,
                name="field_value_once",
            ),
            models.CheckConstraint(
                condition=Exact(
                    models.Func(
                        *COLUMNS, function="num_nonnulls", output_field=models.IntegerField()
                    ),
                    1,
                ),
                name="field_value_in_one_column",
            ),
        ]
        indexes = [
            models.Index(
                "definition",
                Lower(Left("words", SORTED)),
                "ticket",
                condition=models.Q(words__isnull=False),
                name="field_value_words",
            ),
            *(
                models.Index(
                    fields=["definition", column, "ticket"],
                    condition=models.Q(**{f"{column}__isnull": False}),
                    name=f"field_value_{column}",
                )
                for column in COLUMNS[1:]
            ),
            # Who is erased is taken out of all of them.
            models.Index(
                fields=["person"],
                condition=models.Q(person__isnull=False),
                name="field_value_of_person",
            ),
        ]
