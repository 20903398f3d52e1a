"""
Powers: what an authority allows within its scope and its period, and what several give together.

Authorities only add up: none takes away what another one gives.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.period import Period
from ambidesk.parties.authority.rules.scope import Place, Scope


class Power(models.TextChoices):
    """What a contact may do for the company."""

    CREATE = "create", _("Open requests")
    COMMENT = "comment", _("Write in requests")
    CONTROL = "control", _("Escalate and be warned")
    APPROVE_REQUEST = "approve_request", _("Approve requests")
    APPROVE_COST = "approve_cost", _("Approve costs")
    AGREE_VISITS = "agree_visits", _("Agree visit times")
    ACCEPT = "accept", _("Accept works")
    BUY = "buy", _("Buy")
    PERFORM = "perform", _("Do what is handed over to their company")
    MANAGE = "manage", _("Manage colleagues")


class Topic(models.TextChoices):
    """What a contact may be told."""

    PRICES = "prices", _("Prices")
    CONTRACT = "contract", _("The contract")
    CAUSE = "cause", _("Diagnosis and cause")
    NAMES = "names", _("Names of others")


ALWAYS: Final[Period[datetime]] = Period()
# The powers that end at an amount.
LIMITED = frozenset({Power.APPROVE_COST, Power.BUY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """
    What one contact may within one scope and period: an authority as the arithmetic sees it.

    A limit is in one currency; None is no limit. Other currencies are never allowed by a limit.
    """

    contact: int
    scope: Scope
    powers: frozenset[Power] = frozenset()
    told: frozenset[Topic] = frozenset()
    approves_to: Money | None = None
    buys_to: Money | None = None
    period: Period[datetime] = ALWAYS

    def holds(self, place: Place, *, at: datetime) -> bool:
        """Whether it stands at the instant and covers the place."""
        return at in self.period and self.scope.covers(place)

    def allows(self, power: Power, amount: Money | None = None) -> bool:
        """Whether it gives the power, up to the amount where that has a limit."""
        if power not in self.powers:
            return False
        limit = self.limit_of(power)
        if amount is None or limit is None:
            return True
        return amount.currency == limit.currency and amount <= limit

    def limit_of(self, power: Power) -> Money | None:
        """The amount at which the power ends; None is no limit."""
        return {Power.APPROVE_COST: self.approves_to, Power.BUY: self.buys_to}.get(power)


def sees(held: Iterable[Mandate], place: Place, *, at: datetime) -> bool:
    """Whether any of them covers the place: whoever may do nothing there still sees it."""
    return any(each.holds(place, at=at) for each in held)


def may(
    held: Iterable[Mandate],
    power: Power,
    *,
    place: Place,
    at: datetime,
    amount: Money | None = None,
) -> bool:
    """Whether one of them alone allows it: limits of several are not added up."""
    return any(each.holds(place, at=at) and each.allows(power, amount) for each in held)


def powers(held: Iterable[Mandate], place: Place, *, at: datetime) -> frozenset[Power]:
    """All that they allow there together, whatever the amount."""
    there = [each.powers for each in held if each.holds(place, at=at)]
    return frozenset[Power]().union(*there)


def told(held: Iterable[Mandate], place: Place, *, at: datetime) -> frozenset[Topic]:
    """All that may be told there together."""
    there = [each.told for each in held if each.holds(place, at=at)]
    return frozenset[Topic]().union(*there)


def approvers(
    held: Iterable[Mandate],
    power: Power,
    *,
    place: Place,
    at: datetime,
    amount: Money | None = None,
) -> tuple[tuple[int, ...], ...]:
    """
    Say which contacts may allow it there, those of the nearest scope first; nobody stands twice.

    Each step holds contacts that stand equally near, in the order of their ids.
    """
    nearest: dict[int, tuple[int, int]] = {}
    for each in held:
        if each.holds(place, at=at) and each.allows(power, amount):
            distance = each.scope.distance(place)
            nearest[each.contact] = min(distance, nearest.get(each.contact, distance))
    steps = sorted(set(nearest.values()))
    return tuple(
        tuple(sorted(who for who, distance in nearest.items() if distance == step))
        for step in steps
    )
