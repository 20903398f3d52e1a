"""What the card of a ticket shows of works: each fact, what it drew, what the client pays."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.durations import in_words
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.charges.models import Charge, WhyKind
from ambidesk.service.contracts.models import Package, PackageEntry
from ambidesk.service.contracts.models.package import EntryKind
from ambidesk.service.contracts.packaging import balances
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.saying import amount_words, quantity_words
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight
from ambidesk.support.works.models import (
    CountedKind,
    Expense,
    ExpenseKind,
    PartUse,
    UnitUse,
    WorkLog,
)

KINDS: Mapping[str, Any] = {
    "work_log": WorkLog,
    "unit_use": UnitUse,
    "expense": Expense,
    "part_use": PartUse,
}
ICONS = {
    "work_log": "clock",
    "unit_use": "map-pin",
    "expense": "banknote",
    "part_use": "cog",
}
SHOWN, SECONDS = 50, 60
Source = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """One fact; `effects` say what it drew from a package and what it costs the client."""

    kind: str
    id: int
    icon: str
    words: str
    who: str
    day: date
    note: str
    effects: tuple[str, ...]
    is_reversal: bool
    is_reversed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksPage:
    """All of a ticket; `keys` name what the forms will put down, so that it is there once."""

    number: int
    facts: tuple[FactView, ...]
    worked: str
    charged: str
    left: tuple[str, ...]
    currency: str
    today: date
    has_asset: bool
    can_work: bool
    keys: Mapping[str, UUID]
    units: tuple[tuple[str, str], ...]
    expenses: tuple[tuple[str, str], ...]


def read_works(ticket: Ticket, actor: Actor, *, at: datetime) -> WorksPage:
    """Read what was spent on a ticket, the newest first; a question a kind of fact."""
    rows = sorted(
        ((kind, row) for kind in KINDS for row in _rows(kind, ticket)),
        key=lambda pair: (pair[1].day, pair[1].at, pair[1].pk),
        reverse=True,
    )
    sees = actor.may(ContractRight.SEE)
    charges = _charges(ticket) if sees else {}
    gone = {(kind, row.reverses_id) for kind, row in rows if row.reverses_id is not None}
    effects = _effects(ticket, charges, gone)
    coverage = ticket.coverage
    contract = coverage.contract if coverage else None
    minutes = sum(row.minutes for kind, row in rows if kind == "work_log")
    today = localtime(at).date()
    return WorksPage(
        number=ticket.pk,
        facts=tuple(_view(kind, row, gone, effects) for kind, row in rows[:SHOWN]),
        worked=in_words(minutes * SECONDS) if minutes else "",
        charged=_sum([each for found in charges.values() for each in found]),
        left=tuple(_left(ticket, day_of(at))) if sees else (),
        currency=contract.currency if contract else "RUB",
        today=today,
        has_asset=ticket.asset_id is not None,
        can_work=actor.may(TicketRight.WORK),
        keys={kind: uuid4() for kind in KINDS},
        units=tuple((each.value, str(each.label)) for each in CountedKind),
        expenses=tuple((each.value, str(each.label)) for each in ExpenseKind),
    )


def _rows(kind: str, ticket: Ticket) -> Iterator[Any]:
    beside = ("told_by",) if kind in {"expense", "part_use"} else ("told_by", "member__user")
    yield from KINDS[kind].objects.filter(ticket=ticket).select_related(*beside)


def _view(kind: str, row: Any, gone: set[Source], effects: Mapping[Source, list[str]]) -> FactView:
    who = str(row.member) if getattr(row, "member", None) else ""
    return FactView(
        kind=kind,
        id=row.pk,
        icon=ICONS[kind],
        words=_words(kind, row),
        who=who or (row.told_by.name or row.told_by.email if row.told_by else ""),
        day=row.day,
        note=row.note,
        effects=tuple(effects.get((kind, row.pk), ())),
        is_reversal=row.reverses_id is not None,
        is_reversed=(kind, row.pk) in gone,
    )


def _words(kind: str, row: Any) -> str:
    sign = "−" if row.reverses_id is not None else ""
    cost = f" · {sign}{amount_words(abs(row.cost), row.currency)}" if row.cost else ""
    match kind:
        case "work_log":
            return f"{sign}{in_words(abs(row.minutes) * SECONDS)}{cost}"
        case "unit_use":
            return f"{sign}{quantity_words(abs(row.quantity), row.unit)}{cost}"
        case "expense":
            return f"{row.get_kind_display()}{cost}"
    serials = " → ".join(each for each in (row.old_serial, row.new_serial) if each)
    count = abs(row.quantity).normalize()
    named = f"{row.name} × {sign}{count:f}" if count != 1 or sign else row.name
    return f"{named}{f' ({serials})' if serials else ''}{cost}"


def _charges(ticket: Ticket) -> Mapping[Source, list[Charge]]:
    found: dict[Source, list[Charge]] = {}
    for row in Charge.objects.filter(coverage=ticket.coverage_id or 0):
        found.setdefault((row.source_kind, row.source_id), []).append(row)
    return found


def _effects(
    ticket: Ticket, charges: Mapping[Source, list[Charge]], gone: set[Source]
) -> Mapping[Source, list[str]]:
    """Say what each fact drew, and what it costs."""
    of_ticket = Q()
    for kind in ("work_log", "unit_use"):
        facts = KINDS[kind].objects.filter(ticket=ticket).order_by()
        of_ticket |= Q(source_kind=kind, source_id__in=facts.values("pk"))
    found: dict[Source, list[str]] = {}
    entries = PackageEntry.objects.filter(of_ticket, kind=EntryKind.DRAWN, drawn__gt=0)
    for entry in entries.select_related("package", "returned_by").order_by("again"):
        source = (entry.source_kind, entry.source_id or 0)
        # What was given back was drawn nevertheless where the fact is taken back as a whole.
        if hasattr(entry, "returned_by") and source not in gone:
            continue
        facts_said = {
            "quantity": quantity_words(entry.drawn, entry.package.unit),
            "package": entry.package.name,
        }
        found[source] = [_("%(quantity)s from “%(package)s”") % facts_said]
    undone = {each.reverses_id for lines in charges.values() for each in lines}
    for source, lines in charges.items():
        said = found.setdefault(source, [])
        if amount := _sum(lines):
            said.append(_("to pay: %(amount)s") % {"amount": amount})
        if any(_is_unpriced(each) and each.pk not in undone for each in lines):
            said.append(_("beyond what is covered, and no price is agreed on"))
    return found


def _is_unpriced(line: Charge) -> bool:
    return line.why == WhyKind.UNPRICED and line.reverses_id is None


def _sum(lines: Sequence[Charge]) -> str:
    """Add up, each currency for itself."""
    sums: dict[str, Decimal] = {}
    for each in lines:
        sums[each.currency] = sums.get(each.currency, Decimal(0)) + each.amount
    return " + ".join(
        f"{'−' if amount < 0 else ''}{amount_words(abs(amount), currency)}"
        for currency, amount in sorted(sums.items())
        if amount
    )


def _left(ticket: Ticket, on: date) -> Iterator[str]:
    package = ticket.coverage.package_id if ticket.coverage else None
    if package is None:
        return
    rows = list(Package.objects.filter(pk=package).select_related("contract"))
    for row in rows:
        if balance := balances(rows, on=on)[row.pk]:
            facts = {"package": row.name, "left": quantity_words(balance.left, row.unit)}
            yield _("Left of “%(package)s”: %(left)s") % facts
