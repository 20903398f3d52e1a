"""Nobody: why no contact of a company may approve something, told so that it can be mended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.money import Money
from ambidesk.parties.authority.rules.power import Mandate, Power
from ambidesk.parties.authority.rules.scope import Place


class Reason(TextChoices):
    """Why nobody may."""

    POWERLESS = "powerless", _("No contact of this company may approve such things.")
    ELSEWHERE = "elsewhere", _("Whoever may approve such things may not at this site.")
    LIMIT = "limit", _("The amount is above everybody's limit.")
    CURRENCY = "currency", _("Limits of approval are in another currency.")
    OWN = "own", _("Only the requester may, and nobody approves their own request.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nobody:
    """Why nobody may; `highest` is the highest limit that there is, where that is the reason."""

    reason: Reason
    highest: Money | None = None


def why_nobody(
    held: Iterable[Mandate],
    power: Power,
    *,
    place: Place,
    at: datetime,
    amount: Money | None,
    own: frozenset[int],
) -> Nobody | None:
    """Say why nobody may; None where somebody may."""
    empowered = [each for each in held if power in each.powers and at in each.period]
    here = [each for each in empowered if each.holds(place, at=at)]
    allowing = [each for each in here if each.allows(power, amount)]
    if any(each.contact not in own for each in allowing):
        return None
    others = [each for each in here if each.contact not in own]
    limits = [limit for each in others if (limit := each.limit_of(power)) is not None]
    if not empowered:
        return Nobody(reason=Reason.POWERLESS)
    if not here:
        return Nobody(reason=Reason.ELSEWHERE)
    if not limits or amount is None:
        return Nobody(reason=Reason.OWN)
    same = [limit for limit in limits if limit.currency == amount.currency]
    if not same:
        return Nobody(reason=Reason.CURRENCY)
    return Nobody(reason=Reason.LIMIT, highest=max(same))
