"""The history of an asset as one line: repairs, moves, readings and parts, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.icons import EQUIPMENT
from ambidesk.ground.calendars.words import spoken
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.models import Asset, Reading, Repair
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models import PartUse

SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened; `ticket` is its number where the reader sees it."""

    at: datetime
    icon: str
    title: str
    more: str = ""
    ticket: int | None = None


def history_of(asset: Asset, actor: Actor) -> tuple[Event, ...]:
    """Read what happened, the newest first."""
    seen = set(Ticket.objects.visible_to(actor).filter(asset=asset).values_list("pk", flat=True))
    events = [*_repairs(asset, seen), *_moves(asset), *_readings(asset), *_parts(asset, seen)]
    return tuple(islice(sorted(events, key=lambda event: event.at, reverse=True), SHOWN))


def _repairs(asset: Asset, seen: set[int]) -> Iterator[Event]:
    rows = asset.repairs.select_related("mode", "cause", "remedy", "repaired")[:SHOWN]
    for row in rows:
        done = getattr(row, "repaired", None)
        codes = [code.name for code in (row.mode, row.cause, row.remedy) if code is not None]
        yield Event(
            at=row.failed_at,
            icon=EQUIPMENT["failure" if row.is_failure else "planned"],
            title=_title(row),
            more=" · ".join(filter(None, [*codes, _hours(row), row.note])),
            ticket=done.ticket_id if done and done.ticket_id in seen else None,
        )


def _title(row: Repair) -> str:
    kind = _("Failure") if row.is_failure else _("Planned upkeep")
    return f"{kind} · {row.cost:,.0f} {row.currency}".replace(",", " ") if row.cost else kind


def _hours(row: Repair) -> str:
    minutes = row.labour_minutes
    return "" if minutes is None else spoken(timedelta(minutes=minutes))


def _moves(asset: Asset) -> Iterator[Event]:
    for row in asset.moves.select_related("from_site", "to_site")[:SHOWN]:
        before = " · ".join(filter(None, [str(row.from_site or ""), row.from_place]))
        after = " · ".join(filter(None, [str(row.to_site or ""), row.to_place]))
        moved_at = datetime.combine(row.moved_on, time(), tzinfo=get_current_timezone())
        yield Event(
            at=moved_at, icon=EQUIPMENT["move"], title=_("Moved"), more=f"{before} → {after}"
        )


def _readings(asset: Asset) -> Iterator[Event]:
    for row in Reading.objects.filter(meter__asset=asset).select_related("meter")[:20]:
        shown = f"{row.value.normalize():f} {row.meter.unit}".strip()
        yield Event(at=row.at, icon=EQUIPMENT["reading"], title=row.meter.name, more=shown)


def _parts(asset: Asset, seen: set[int]) -> Iterator[Event]:
    for row in PartUse.objects.filter(asset=asset)[:SHOWN]:
        serials = " → ".join(filter(None, [row.old_serial, row.new_serial]))
        used_at = datetime.combine(row.day, time(), tzinfo=get_current_timezone())
        yield Event(
            at=used_at,
            icon=EQUIPMENT["part"],
            title=_("Reversed: %(part)s") % {"part": row.name} if row.reverses_id else row.name,
            more=serials,
            ticket=row.ticket_id if row.ticket_id in seen else None,
        )
