"""
Delegating: whoever manages colleagues gives no more than one authority of theirs holds.

Own requests are nobody else's to see less of: that scope can be given within any other.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ambidesk.ground.kernel.money import Money
from ambidesk.parties.authority.rules.power import LIMITED, Mandate, Power
from ambidesk.parties.authority.rules.scope import Scope, ScopeKind, is_within


def can_give(
    held: Iterable[Mandate], wanted: Mandate, *, paths: Mapping[int, str], at: datetime
) -> bool:
    """
    Say whether one of these authorities lets its holder give the wanted one.

    `paths` are those of the territories of the wanted sites. Nobody gives anything to themselves.
    """
    return any(
        Power.MANAGE in each.powers
        and at in each.period
        and each.contact != wanted.contact
        and contains(each.scope, wanted.scope, paths=paths)
        and wanted.powers <= each.powers
        and wanted.told <= each.told
        and all(_reaches(each, wanted, power) for power in LIMITED & wanted.powers)
        for each in held
    )


def contains(outer: Scope, inner: Scope, *, paths: Mapping[int, str]) -> bool:
    """Whether all that the inner scope covers is covered by the outer one, or is its own."""
    is_wide = outer.kind is ScopeKind.COMPANY or inner.kind is ScopeKind.OWN
    if outer.company != inner.company or is_wide:
        return outer.company == inner.company
    match outer.kind, inner.kind:
        case ScopeKind.SITES, ScopeKind.SITES:
            return inner.sites <= outer.sites
        case ScopeKind.TERRITORIES, ScopeKind.SITES:
            return all(_within(paths.get(site, ""), outer) for site in inner.sites)
        case ScopeKind.TERRITORIES, ScopeKind.TERRITORIES:
            return all(_within(path, outer) for path in inner.territories)
        case ScopeKind.DEPARTMENT, ScopeKind.DEPARTMENT:
            return inner.departments <= outer.departments
        case _:
            return False


def _within(path: str, outer: Scope) -> bool:
    return any(is_within(path, above) for above in outer.territories)


def _reaches(giver: Mandate, wanted: Mandate, power: Power) -> bool:
    most, asked = giver.limit_of(power), wanted.limit_of(power)
    if most is None:
        return True
    return isinstance(asked, Money) and giver.allows(power, asked)
