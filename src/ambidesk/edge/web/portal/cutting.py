"""Cutting: what lists of the portal are cut by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from ambidesk.ground.kernel.texts import storable
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.asking import asked_by
from ambidesk.parties.companies.models import Site

# Id and name of a site.
Place = tuple[int, str]
SITES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What was asked for: words or a number, a site, closed ones too."""

    asked: str
    site: int
    shows_all: bool

    @classmethod
    def of(cls, given: QueryDict) -> "Cut":
        """Read it from an address: `?q=`, `?site=` and `?all=1`."""
        typed = given.get("site", "")
        return cls(
            asked=storable(given.get("q", "")).strip()[:100],
            site=int(typed) if typed.isdecimal() and len(typed) < 18 else 0,
            shows_all=given.get("all") == "1",
        )

    @property
    def number(self) -> int | None:
        """The number of a request, where it is one that was asked for."""
        digits = self.asked.lstrip("#")
        return int(digits) if digits.isdecimal() and len(self.asked) < 18 else None


def sites_seen(actor: Actor) -> tuple[Place, ...]:
    """The sites that lists can be cut by."""
    return tuple(asked_by(actor, "portal.sites", make=_sites))


def _sites(actor: Actor, _slots: Mapping[str, Any]) -> QuerySet[Site, Any]:
    rows = Site.objects.visible_to(actor).order_by("name")
    return rows.values_list("pk", "name")[:SITES]
