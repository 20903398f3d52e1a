"""Following: the journal's subscriber that charges anew what tickets are otherwise covered for."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.charges.reading import pressed
from ambidesk.service.contracts.events import PackageMoved
from ambidesk.service.contracts.models import Package, PackageEntry
from ambidesk.service.contracts.packaging import balances
from ambidesk.support.coverage.events import CoverageDecided
from ambidesk.support.tickets.events import TicketAttributed
from ambidesk.support.works.charging import KINDS as OF_FACTS
from ambidesk.support.works.charging import recharge

OF_TICKETS = frozenset({CoverageDecided.kind, TicketAttributed.kind})
KINDS = tuple(sorted(OF_TICKETS | {PackageMoved.kind}))


def follow(entries: Sequence[Entry], *, at: datetime) -> None:
    """Charge anew the tickets that are decided about otherwise, or that a package gives more."""
    numbers = {entry.subject_id for entry in entries if entry.kind in OF_TICKETS}
    moved = [entry.data["entry_id"] for entry in entries if entry.kind == PackageMoved.kind]
    numbers.update(_given_more(moved))
    recharge(numbers, by=SYSTEM, at=at)


def _given_more(entries: Collection[int]) -> Iterator[int]:
    """Find the tickets that were pushed over the edge of packages in which there is room again."""
    freed = PackageEntry.objects.filter(pk__in=entries, drawn__lt=0)
    since: dict[Package, date] = {}
    for entry in freed.select_related("package__contract"):
        since[entry.package] = min(entry.on, since.get(entry.package, entry.on))
    for package, on in since.items():
        balance = balances([package], on=on)[package.pk]
        sources = pressed(package, since=balance.starts if balance else on)
        for model, kind in OF_FACTS.items():
            numbers = [source.id for source in sources if source.kind == kind]
            rows = model._default_manager.filter(pk__in=numbers).order_by()  # noqa: SLF001 Django's public name
            yield from rows.exclude(ticket=None).values_list("ticket", flat=True)
