"""
Succeeding: a package of a new version begins with what the one in whose place it comes has left.

In the period in which it begins nothing is granted twice, nor anything of the time before it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contracts.models import EntryKind, Package, PackageEntry, Version
from ambidesk.service.contracts.packaging import balances, drawn_within, enter

NONE = Decimal(0)


def succeed(draft: Version, *, by: Actor, at: datetime) -> None:
    """Take from the packages that come with a version what was had beforehand, up to all of it."""
    rows = draft.contract.packages.filter(agreed_at=None).select_related("contract")
    new = {row.pk: row for row in rows.order_by("pk")}
    before = _before(draft)
    if not new or before is None:
        return
    old = _replaced(draft, before, new)
    on = draft.starts_on
    for key, balance in balances(list(new.values()), on=on).items():
        if balance is None:
            continue
        had = _had(old[key], balance.starts, balance.until, on=on) if key in old else (NONE, NONE)
        carried = min(had[0], new[key].carry)
        taken = min(balance.carried - carried + had[1], balance.left)
        if taken > 0:
            name = old[key].name if key in old else new[key].name
            entry = PackageEntry(
                package=new[key],
                on=on,
                kind=EntryKind.ADJUSTED,
                drawn=taken,
                words=_("Had before this version: “%(package)s”") % {"package": name},
            )
            enter(entry, by=by, at=at)


def _before(draft: Version) -> Version | None:
    """Give the version that the draft follows."""
    rows = draft.contract.versions.filter(activated_at__isnull=False)
    return rows.filter(starts_on__lte=draft.starts_on).order_by("starts_on", "number").last()


def _replaced(draft: Version, before: Version, new: Mapping[int, Package]) -> Mapping[int, Package]:
    """Find what each new package replaces: that of the same line, if no line names it any more."""
    lines = list(draft.lines.order_by("place"))
    kept = {line.package_id for line in lines}
    gone = before.lines.exclude(package=None).exclude(package__in=kept - {None})
    of_scope = {line.scope: line.package for line in gone.select_related("package__contract")}
    found: dict[int, Package] = {}
    for line in lines:
        package, old = new.get(line.package_id or 0), of_scope.get(line.scope)
        if package and old and old.unit == package.unit and old not in found.values():
            found.setdefault(package.pk, old)
    return found


def _had(old: Package, starts: date, until: date | None, *, on: date) -> tuple[Decimal, Decimal]:
    """Say what was carried into the period of a package, and what was drawn from it within."""
    balance = balances([old], on=on)[old.pk]
    carried = balance.carried if balance and balance.starts == starts else NONE
    return max(NONE, carried), drawn_within(old, starts=starts, until=until)
