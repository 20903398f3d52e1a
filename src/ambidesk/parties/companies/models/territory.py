"""
Territories: a company's own tree of areas.

`path` is the ids from the root to the area itself, as ltree: 12.45.67.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.companies.models.company import Company


class Path(models.TextField):  # type: ignore[type-arg]  # generic for the checker only
    """A path of labels, PostgreSQL's ltree."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 Django's signature
        """The type of the extension of the same name."""
        return "ltree"


@Path.register_lookup
class Within(models.Lookup):
    """Whether a path is the given one or lies below it."""

    lookup_name = "within"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Use the operator that a GiST index answers."""
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} <@ {right}::ltree", (*left_values, *right_values)


class Territory(models.Model):
    """An area of a company; sites belong to areas."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="territories")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(_("Name"), max_length=160)
    path = Path(default="")

    objects = Visible["Territory"].as_manager()

    class Meta:
        """Once a name below one parent; found by subtree."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "parent", "name"],
                nulls_distinct=False,
                name="territory_name_once",
            ),
            models.UniqueConstraint(fields=["id", "company"], name="territory_of_company"),
        ]

    def __str__(self) -> str:
        return self.name
