"""
Scopes: which requests of one company an authority reaches; never those of another one.

A place is where a request stands; paths of territories are labels joined by dots, as in ltree.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScopeKind(models.TextChoices):
    """How far an authority goes, the nearest first."""

    OWN = "own", _("Own requests")
    SITES = "sites", _("Chosen sites")
    TERRITORIES = "territories", _("Territories")
    DEPARTMENT = "department", _("Department")
    COMPANY = "company", _("Whole company")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a request stands: its company, its site with that one's territory, who asked."""

    company: int
    site: int | None = None
    territory: str = ""
    department: int | None = None
    requester: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A kind and what it needs of the company: a person, sites, paths or departments."""

    kind: ScopeKind
    company: int
    person: int | None = None
    sites: frozenset[int] = frozenset()
    territories: frozenset[str] = frozenset()
    departments: frozenset[int] = frozenset()

    def covers(self, place: Place) -> bool:
        """Whether a request that stands there is within."""
        if place.company != self.company:
            return False
        match self.kind:
            case ScopeKind.OWN:
                return place.requester is not None and place.requester == self.person
            case ScopeKind.SITES:
                return place.site in self.sites
            case ScopeKind.TERRITORIES:
                return self._nearest(place) is not None
            case ScopeKind.DEPARTMENT:
                return place.department in self.departments
            case ScopeKind.COMPANY:
                return True

    def distance(self, place: Place) -> tuple[int, int]:
        """How far from the place whoever has this scope stands: the smaller, the nearer."""
        order = list(ScopeKind).index(self.kind)
        above = self._nearest(place)
        if self.kind is not ScopeKind.TERRITORIES or above is None:
            return order, 0
        return order, place.territory.count(".") - above.count(".")

    def _nearest(self, place: Place) -> str | None:
        """The deepest of the territories in which the place lies."""
        above = [path for path in self.territories if is_within(place.territory, path)]
        return max(above, key=lambda path: path.count("."), default=None)


def is_within(path: str, above: str) -> bool:
    """Whether a territory lies in another one, or is it; nothing lies nowhere."""
    return bool(path and above) and (path == above or path.startswith(f"{above}."))
