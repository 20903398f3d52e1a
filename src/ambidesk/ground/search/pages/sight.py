"""Sight: which pages of a shelf somebody may see; what is said of words is said of these only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet


@dataclass(frozen=True, slots=True)
class Sight:
    """A shelf, cut by what keys may be, with its values; without a cut all of it is seen."""

    shelf: str
    cut: str
    values: Mapping[str, Any]

    @property
    def is_whole(self) -> bool:
        """Say whether nothing is cut away, so that what is counted of the shelf holds."""
        return not self.cut

    def of(self, table: str) -> str:
        """Write the condition on rows of a table or alias that has `shelf` and `key`."""
        further = f" AND {table}.key {self.cut}" if self.cut else ""
        return f"{table}.shelf = %(shelf)s{further}"

    def given(self, **further: object) -> dict[str, Any]:
        """Give the values of a statement."""
        return {"shelf": self.shelf, **self.values, **further}


# So many keys are fetched once for all statements of a question; of more each asks anew.
FETCHED = 5_000


def sight_of(shelf: str, among: "QuerySet[Model] | None") -> Sight:
    """Cut a shelf to the pages whose keys are among ids of rows; None is all of them."""
    if among is None:
        return Sight(shelf, "", {})
    keys = list(among.order_by().values_list("pk", flat=True)[: FETCHED + 1])
    if len(keys) <= FETCHED:
        return Sight(shelf, "IN (SELECT unnest(%(among)s::bigint[]))", {"among": keys})
    try:
        sql, values = among.values("pk").query.sql_with_params()
    except EmptyResultSet:
        # Django knows by the condition alone that there is none.
        return Sight(shelf, "IS NULL", {})
    named = {f"among_{number}": value for number, value in enumerate(values)}
    # The text comes from a QuerySet of ours; what somebody typed is among its values.
    return Sight(shelf, f"IN ({sql % tuple(f'%({name})s' for name in named)})", named)
