"""Which problems somebody sees: those of the brands they serve, and those of the whole desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.authority.models import Letter
from ambidesk.parties.authority.writing import SUBJECT as LETTER
from ambidesk.support.conversations.models import Channel, Delivery, IntakeItem
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.reach import served_brands

AT_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """The things that problems are about, by id."""

    items: Mapping[int, IntakeItem]
    channels: Mapping[int, Channel]
    deliveries: Mapping[int, Delivery]
    letters: Mapping[int, Letter]


def open_problems(actor: Actor) -> tuple[list[Problem], Subjects]:
    """The latest open problems that the actor sees, with what they are about."""
    rows = list(Problem.objects.filter(solved_at=None).order_by("-last_at")[:AT_MOST])
    subjects = _subjects(rows)
    if actor.may(ReachRight.SEE_EVERYTHING):
        return rows, subjects
    brands = set(served_brands(actor))
    tickets = set(
        Ticket.objects.visible_to(actor)
        .filter(pk__in=[row.facts.get("ticket") for row in rows if row.facts.get("ticket")])
        .values_list("pk", flat=True)
    )
    return [
        row for row in rows if _is_seen(row, subjects, brands=brands, tickets=tickets)
    ], subjects


def _is_seen(row: Problem, subjects: Subjects, *, brands: set[int], tickets: set[int]) -> bool:
    match row.subject_kind:
        case "delivery":
            return row.facts.get("ticket") in tickets
        case "channel" | "intake_item":
            channel = channel_of(row, subjects)
            return channel is not None and channel.brand_id in brands
    return True


def channel_of(row: Problem, subjects: Subjects) -> Channel | None:
    """The channel that a problem is about, where it is about one."""
    if row.subject_kind == "channel":
        return subjects.channels.get(row.subject_id)
    item = subjects.items.get(row.subject_id) if row.subject_kind == "intake_item" else None
    return subjects.channels.get(item.channel_id) if item else None


def _subjects(rows: Iterable[Problem]) -> Subjects:
    by_kind: dict[str, list[int]] = {}
    for row in rows:
        by_kind.setdefault(row.subject_kind, []).append(row.subject_id)
    items = IntakeItem.objects.defer("raw").in_bulk(by_kind.get("intake_item", []))
    channels = {item.channel_id for item in items.values()} | set(by_kind.get("channel", []))
    deliveries = Delivery.objects.select_related("recipient")
    return Subjects(
        items=items,
        channels=Channel.objects.in_bulk(channels),
        deliveries=deliveries.in_bulk(by_kind.get("delivery", [])),
        letters=Letter.objects.select_related("company").in_bulk(by_kind.get(LETTER, [])),
    )
