"""Following: the journal's subscriber that decides again, and the sweeper behind it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.events import SiteRegistered, TerritoryPlaced
from ambidesk.service.assets.events import AssetDescribed, AssetMoved
from ambidesk.service.contracts.events import (
    ContractTerminated,
    PackageMoved,
    StopTurned,
    VersionActivated,
)
from ambidesk.service.contracts.models import Contract
from ambidesk.support.coverage.settling import settle
from ambidesk.support.tickets import events
from ambidesk.support.tickets.models import Ticket

OF_TICKETS = frozenset(
    each.kind
    for each in (
        events.TicketOpened,
        events.TicketAttributed,
        events.TicketConverted,
        events.TicketEquipped,
        events.StateChanged,
    )
)
OF_CONTRACTS = frozenset(each.kind for each in (VersionActivated, ContractTerminated, PackageMoved))
OF_COMPANIES = frozenset(each.kind for each in (StopTurned, SiteRegistered, TerritoryPlaced))
OF_ASSETS = frozenset(each.kind for each in (AssetDescribed, AssetMoved))
KINDS = tuple(sorted(OF_TICKETS | OF_CONTRACTS | OF_COMPANIES | OF_ASSETS))
AT_ONCE = 200


def follow(entries: Sequence[Entry], *, at: datetime) -> None:
    """Decide again about the tickets that something happened to or around."""
    numbers = {entry.subject_id for entry in entries if entry.kind in OF_TICKETS}
    around = [entry for entry in entries if entry.kind not in OF_TICKETS]
    if around:
        numbers.update(_around(around))
    waiting = sorted(numbers)
    for first in range(0, len(waiting), AT_ONCE):
        settle(waiting[first : first + AT_ONCE], by=SYSTEM, at=at)


def sweep(*, at: datetime) -> int:
    """Decide again about open tickets that nobody looked at today; say how many there were."""
    today = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = _open().filter(Q(coverage=None) | Q(coverage__decided_at__lt=today))
    numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    settle(numbers, by=SYSTEM, at=at)
    return len(numbers)


def _around(entries: Iterable[Entry]) -> set[int]:
    subjects: dict[str, set[int]] = {}
    for entry in entries:
        subjects.setdefault(entry.subject_kind, set()).add(entry.subject_id)
    companies = subjects.get("company", set())
    if contracts := subjects.get("contract"):
        rows = Contract.objects.filter(pk__in=contracts)
        companies |= set(rows.values_list("company", flat=True))
    concerned = Q(company__in=companies) | Q(asset__in=subjects.get("asset", ()))
    return set(_open().filter(concerned).values_list("pk", flat=True))


def _open() -> QuerySet[Ticket]:
    return Ticket.objects.active().filter(company__isnull=False).order_by()
