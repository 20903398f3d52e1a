"""
Packaging: packages are agreed on, drawn from, given back to and corrected; the ledger only grows.

A fact draws once however often it is told; what a package does not give is said, not taken.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contracts.events import ContractWritten, PackageMoved
from ambidesk.service.contracts.models import Contract, EntryKind, Package, PackageEntry
from ambidesk.service.contracts.rules import packages as rules
from ambidesk.service.contracts.rules.packages import Balance, Movement, Taken
from ambidesk.service.contracts.writing import lock

NONE = Decimal(0)
# Terms, and what was drawn on each day; a package ends with its contract at the latest.
FOLDED = """
    SELECT package.id, package.unit, package.amount, package.every, package.carry,
           package.overdraft, package.starts_on, LEAST(package.until_on, contract.until_on),
           entry."on", sum(entry.drawn)
      FROM contracts_package package
      JOIN contracts_contract contract ON contract.id = package.contract_id
      LEFT JOIN contracts_packageentry entry ON entry.package_id = package.id
     WHERE package.id = ANY(%s::bigint[])
     GROUP BY package.id, contract.until_on, entry."on"
"""


class PackageAgreed(Refusal):
    """Its terms are in force."""

    sentence = _("Package “%(name)s” is agreed on. Make another one instead.")


class PackageNameTaken(InvalidInput):
    """The contract has a package of this name."""

    sentence = _("This contract has a package “%(name)s” already.")


class AlreadyReturned(Refusal):
    """It was given back before."""

    sentence = _("This was given back before.")


class NeedsAReason(InvalidInput):
    """A correction of the ledger says why."""

    sentence = _("Say why.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageSaid:
    """The terms of a package."""

    name: str
    unit: str
    amount: Decimal
    every: str
    carry: Decimal = NONE
    overdraft: Decimal = NONE
    starts_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The fact that draws, by its kind and id."""

    kind: str
    id: int


@transaction.atomic
def write_package(
    contract: Contract,
    said: PackageSaid,
    *,
    package: Package | None = None,
    by: Actor,
    at: datetime,
) -> Package:
    """
    Make a package of a contract, or change one that is not agreed on yet.

    Raises:
        PackageAgreed: its terms are in force.
        PackageNameTaken: the contract has another one of the name.
    """
    row = lock(contract)
    kept = Package.objects.get(pk=package.pk) if package else Package(contract=row)
    if kept.agreed_at:
        raise PackageAgreed(name=kept.name)
    if row.packages.filter(name=said.name).exclude(pk=kept.pk).exists():
        raise PackageNameTaken(field="name", name=said.name)
    for name in PackageSaid.__slots__:
        setattr(kept, name, getattr(said, name))
    kept.save()
    journal.record(ContractWritten(contract_id=row.pk), by=by, at=at)
    return kept


@transaction.atomic
def draw(
    package: Package, wanted: Decimal, *, on: date, source: Source, by: Actor, at: datetime
) -> Taken:
    """
    Draw what a fact used, as far as the package gives it; told again, it draws nothing more.

    What goes beyond is for the price rules.
    """
    row = _locked(package)
    known = drawn_by(source)
    if known is not None:
        return Taken(inside=known.drawn, beyond=max(NONE, wanted - known.drawn))
    taken = rules.take(row.terms, _movements([row.pk])[row.pk], on=on, wanted=wanted)
    entry = PackageEntry(
        package=row,
        on=on,
        kind=EntryKind.DRAWN,
        drawn=taken.inside,
        source_kind=source.kind,
        source_id=source.id,
        again=_drawn(source).count(),
    )
    enter(entry, by=by, at=at)
    return taken


def offer(package: Package, wanted: Decimal, *, on: date, besides: Source) -> Taken:
    """Say what a package gives a fact, whatever that has drawn until now; part of one verb."""
    row = _locked(package)
    ledger = list(_movements([row.pk])[row.pk])
    own = drawn_by(besides)
    if own is not None and own.package_id == row.pk:
        ledger.append(Movement(on=own.on, drawn=-own.drawn))
    return rules.take(row.terms, ledger, on=on, wanted=wanted)


@transaction.atomic
def give_back(entry: PackageEntry, *, by: Actor, at: datetime) -> PackageEntry:
    """
    Give back what an entry drew, on the day on which it drew it.

    Raises:
        AlreadyReturned: that was done before.
    """
    row = _locked(entry.package)
    if entry.kind != EntryKind.DRAWN or PackageEntry.objects.filter(returns=entry).exists():
        raise AlreadyReturned
    returned = PackageEntry(
        package=row, on=entry.on, kind=EntryKind.RETURNED, drawn=-entry.drawn, returns=entry
    )
    return enter(returned, by=by, at=at)


@transaction.atomic
def adjust(
    package: Package, drawn: Decimal, *, on: date, words: str, by: Actor, at: datetime
) -> PackageEntry:
    """
    Correct a balance by hand: below nothing gives, above it takes, within what is there.

    Raises:
        NeedsAReason: without a word why.
    """
    if not words.strip():
        raise NeedsAReason(field="words")
    row = _locked(package)
    if drawn > 0:
        ledger = _movements([row.pk])[row.pk]
        drawn = rules.take(row.terms, ledger, on=on, wanted=drawn).inside
    entry = PackageEntry(
        package=row, on=on, kind=EntryKind.ADJUSTED, drawn=drawn, words=words.strip()[:300]
    )
    return enter(entry, by=by, at=at)


def balances(packages: Sequence[Package], *, on: date) -> dict[int, Balance | None]:
    """Fold the ledgers of packages; None out of its time."""
    return balances_of([each.pk for each in packages], on=on)


def balances_of(keys: Iterable[int], *, on: date) -> dict[int, Balance | None]:
    """Fold the ledgers of packages by their ids, terms and entries read at once."""
    terms: dict[int, rules.Package] = {}
    ledgers: dict[int, list[Movement]] = {}
    with connection.cursor() as cursor:
        cursor.execute(FOLDED, [list(keys)])
        for pk, unit, amount, every, carry, overdraft, starts, until, day, drawn in cursor:
            if pk not in terms:
                terms[pk] = rules.Package(
                    unit=rules.Unit(unit),
                    amount=amount,
                    every=rules.Every(every),
                    starts=starts,
                    until=until,
                    carry=carry,
                    overdraft=overdraft,
                )
            if day is not None:
                ledgers.setdefault(pk, []).append(Movement(on=day, drawn=drawn))
    return {pk: rules.balance(each, ledgers.get(pk, ()), on=on) for pk, each in terms.items()}


def drawn_by(source: Source) -> PackageEntry | None:
    """Find what a fact drew and did not give back."""
    return _drawn(source).filter(returned_by=None).select_related("package").first()


def hold(packages: Iterable[int]) -> None:
    """Lock packages in the order in which everybody locks them, part of one verb."""
    rows = Package.objects.select_for_update(no_key=True).filter(pk__in=set(packages))
    list(rows.order_by("pk").values_list("pk"))


def drawn_within(package: Package, *, starts: date, until: date | None) -> Decimal:
    """Add up what was drawn in a half-open period and not given back; no end is none."""
    rows = PackageEntry.objects.filter(package=package, on__gte=starts).order_by()
    if until is not None:
        rows = rows.filter(on__lt=until)
    return max(NONE, rows.aggregate(sum=Sum("drawn"))["sum"] or NONE)


def enter(entry: PackageEntry, *, by: Actor, at: datetime) -> PackageEntry:
    """Add an entry to the ledger of a package, part of one verb."""
    entry.by_id, entry.at = by.user_id, at
    entry.save(force_insert=True)
    event = PackageMoved(
        contract_id=entry.package.contract_id, package_id=entry.package_id, entry_id=entry.pk
    )
    journal.record(event, by=by, at=at)
    return entry


def _locked(package: Package) -> Package:
    rows = Package.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("contract").get(pk=package.pk)


def _drawn(source: Source) -> QuerySet[PackageEntry]:
    return PackageEntry.objects.filter(
        kind=EntryKind.DRAWN, source_kind=source.kind, source_id=source.id
    ).order_by("again")


def _movements(packages: Iterable[int]) -> Mapping[int, list[Movement]]:
    found: dict[int, list[Movement]] = {each: [] for each in packages}
    rows = PackageEntry.objects.filter(package__in=found).order_by()
    days = rows.values_list("package", "on").annotate(drawn=Sum("drawn"))
    for package, on, drawn in days:
        found[package].append(Movement(on=on, drawn=drawn))
    return found
