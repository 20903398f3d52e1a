"""
Knowing: what facts need beside the journal of their tickets, read for many at once.

So many questions a batch, however many tickets it has; what no ticket of it has is not asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, tzinfo

from django.db.models import F

from ambidesk.across.insight.models import FactRow
from ambidesk.across.insight.rules.beside import Beside, Spent, Timed
from ambidesk.across.insight.rules.facts import About
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry
from ambidesk.service.sla.rules.clocks import fold
from ambidesk.service.workflow.models import ProcessVersion, Stay
from ambidesk.service.workflow.models.run import PLACES
from ambidesk.support.promises.events import TermsChosen
from ambidesk.support.promises.reading import facts_of
from ambidesk.support.stages.clocks import clocks_by_stay
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.events import FactKind as WorkKind
from ambidesk.support.works.events import FactRecorded
from ambidesk.support.works.models import Expense, PartUse, UnitUse, WorkLog

Told = Mapping[int, Sequence[Entry]]
COLUMNS = (
    "company",
    "site",
    "asset__model",
    "coverage__contract",
    "category",
    "promise",
    "suspended",
)
WORKS = {
    WorkKind.WORK_LOG: WorkLog,
    WorkKind.EXPENSE: Expense,
    WorkKind.PART_USE: PartUse,
    WorkKind.UNIT_USE: UnitUse,
}


def tickets_of(entries: Sequence[Entry]) -> set[int]:
    """Say whose facts may be others since these entries: of tickets, promises and equipment."""
    subjects: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        subjects[entry.subject_kind].add(entry.subject_id)
    found = set(subjects["ticket"])
    if promises := subjects["promise"]:
        found.update(Ticket.objects.filter(promise__in=promises).values_list("pk", flat=True))
        stays = Stay.objects.filter(promise__in=promises)
        found.update(Ticket.objects.filter(run__stays__in=stays).values_list("pk", flat=True))
    if assets := subjects["asset"]:
        rows = FactRow.objects.filter(ticket__asset__in=assets)
        others = rows.exclude(model=F("ticket__asset__model"))
        found.update(others.order_by().values_list("ticket", flat=True).distinct())
    return found


def known_of(told: Told, *, zone: tzinfo) -> dict[int, Beside]:
    """Read what is known beside the entries of tickets."""
    rows = {
        pk: rest for pk, *rest in Ticket.objects.filter(pk__in=told).values_list("pk", *COLUMNS)
    }
    spent = _spent(told, zone=zone)
    stays = _stays(told)
    promises = {rest[5] for rest in rows.values() if rest[5]}
    promises |= {stay.promise_id for each in stays.values() for stay in each if stay.promise_id}
    latest = _latest(promises)
    places = _places(told)
    found = {}
    for ticket, (company, site, model, contract, category, promise, suspended) in rows.items():
        own = stays.get(ticket, [])
        moments = [latest.get(key) for key in (promise, *(stay.promise_id for stay in own))]
        ends = [told[ticket][-1].at] if told[ticket] else []
        found[ticket] = Beside(
            about=About(
                company=company, site=site, model=model, contract=contract, category=category
            ),
            clocks=_clocks(told[ticket], own, suspended=suspended),
            spent=spent.get(ticket, ()),
            places=places,
            known_until=max([*ends, *(each for each in moments if each)], default=None),
        )
    return found


def _clocks(entries: Sequence[Entry], stays: Sequence[Stay], *, suspended: bool) -> list[Timed]:
    promised = any(entry.kind == TermsChosen.kind for entry in entries)
    if not promised and not stays:
        return []
    facts = facts_of(entries, suspended=suspended) if promised else []
    clocks = [Timed(clock=each) for each in fold(facts)] if promised else []
    folded = clocks_by_stay(stays, entries) if stays else {}
    return clocks + [
        Timed(clock=each, stage=stay.place) for stay in stays for each in folded[stay.pk]
    ]


def _stays(told: Told) -> dict[int, list[Stay]]:
    """Stays with a deadline, of all runs that a ticket ever had."""
    runs = {
        entry.data["run_id"]: ticket
        for ticket, entries in told.items()
        for entry in entries
        if entry.kind.startswith("stages.")
    }
    found: dict[int, list[Stay]] = defaultdict(list)
    if not runs:
        return found
    rows = Stay.objects.filter(run__in=runs, promise__isnull=False).select_related("version")
    for stay in rows.order_by("pk"):
        found[runs[stay.run_id]].append(stay)
    return found


def _latest(promises: Collection[int]) -> dict[int, datetime]:
    """When something was told last of each promise."""
    if not promises:
        return {}
    entries = journal.entries_of_many("promise", promises)
    return {promise: rows[-1].at for promise, rows in entries.items() if rows}


def _places(told: Told) -> dict[int, int]:
    """From what the stages of versions are counted, by version."""
    versions = {
        entry.data["version_id"]
        for entries in told.values()
        for entry in entries
        if entry.kind.startswith("stages.")
    }
    if not versions:
        return {}
    rows = ProcessVersion.objects.filter(pk__in=versions).values_list("pk", "process")
    return {version: process * PLACES for version, process in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    ticket: int
    kind: WorkKind
    fact: int
    at: datetime


def _spent(told: Told, *, zone: tzinfo) -> dict[int, list[Spent]]:
    works = [
        _Told(
            ticket=ticket,
            kind=WorkKind(entry.data["fact"]),
            fact=entry.data["fact_id"],
            at=entry.at,
        )
        for ticket, entries in told.items()
        for entry in entries
        if entry.kind == FactRecorded.kind
    ]
    known = {kind: _rows(kind, [w.fact for w in works if w.kind is kind], zone) for kind in WORKS}
    found: dict[int, list[Spent]] = defaultdict(list)
    for work in works:
        if (spent := known[work.kind].get(work.fact)) is not None:
            found[work.ticket].append(replace(spent, told_at=work.at))
    return found


def _rows(kind: WorkKind, numbers: Sequence[int], zone: tzinfo) -> dict[int, Spent]:
    if not numbers:
        return {}
    timed = ("minutes", "member") if kind is WorkKind.WORK_LOG else ()
    rows = WORKS[kind]._default_manager.filter(pk__in=numbers)  # noqa: SLF001 Django's public name
    found = {}
    for pk, day, cost, currency, *rest in rows.values_list("pk", "day", "cost", "currency", *timed):
        minutes, member = rest or (0, None)
        at = datetime.combine(day, time(), tzinfo=zone)
        found[pk] = Spent(
            at=at,
            told_at=at,
            seconds=minutes * 60,
            cents=int(cost * 100),
            currency=currency,
            member=member,
        )
    return found
