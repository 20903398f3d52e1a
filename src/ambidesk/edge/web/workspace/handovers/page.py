"""What the card of a ticket shows of contractors."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, pgettext

from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Stay
from ambidesk.support.handovers.models import Handover, HandoverFile, Word, WordKind
from ambidesk.support.handovers.rules.standing import BACK, Standing
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.rights import TicketRight

SHOWN = 10
LOOKS = {Standing.OFFERED: "info", Standing.DONE: "waiting", Standing.TAKEN: "done"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something that was said about it."""

    name: str
    kind: str
    text: str
    at: datetime
    files: tuple[HandoverFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedView:
    """One of them."""

    id: int
    contractor: str
    task: str
    label: str
    look: str
    due_at: datetime | None
    reworks: int
    cost: str
    said: tuple[Said, ...]
    is_done: bool
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedPage:
    """All of a ticket, and to whom it could be handed over now."""

    number: int
    handed: tuple[HandedView, ...]
    contractors: tuple[tuple[int, str], ...]
    stays: tuple[tuple[int, str], ...]
    can_work: bool


def read_handed(ticket: Ticket, actor: Actor) -> HandedPage:
    """Read what is handed over of a ticket, the newest first."""
    rows = Handover.objects.visible_to(actor).filter(ticket=ticket)
    rows = rows.select_related("contractor__company").prefetch_related(
        "words__author", "words__files__blob"
    )
    handed = tuple(_view(row) for row in rows.order_by("-pk")[:SHOWN])
    may = actor.may(TicketRight.WORK) and ticket.state != State.CLOSED
    free = may and not any(each.is_open for each in handed)
    engaged = Contractor.objects.visible_to(actor).engaged()
    named = engaged.select_related("company").prefetch_related("skills").order_by("company__name")
    return HandedPage(
        number=ticket.pk,
        handed=handed,
        contractors=tuple((row.pk, _named(row)) for row in named) if free else (),
        stays=_stays(ticket) if free else (),
        can_work=may,
    )


def _named(row: Contractor) -> str:
    facts = [*(skill.name for skill in row.skills.all()), row.area]
    said = ", ".join(each for each in facts if each)
    return f"{row} ({said})" if said else str(row)


def _stays(ticket: Ticket) -> tuple[tuple[int, str], ...]:
    rows = Stay.objects.filter(run=ticket.run_id or 0, left_at=None, waits_from=None)
    language = get_language() or "en"
    found = [(row.pk, stage_of(row).name.said(language)) for row in rows.select_related("version")]
    return tuple(found)


def _view(row: Handover) -> HandedView:
    standing = Standing(row.standing)
    price = row.price
    return HandedView(
        id=row.pk,
        contractor=str(row.contractor),
        task=row.task,
        label=str(standing.label),
        look="breached" if standing in BACK else LOOKS.get(standing, ""),
        due_at=row.due_at if row.is_theirs else None,
        reworks=row.reworks,
        cost=f"{price.amount:,.2f} {price.currency}".replace(",", " ") if price else "",
        said=tuple(_said(word) for word in row.words.all()),
        is_done=standing is Standing.DONE,
        is_open=row.is_open,
    )


def _said(word: Word) -> Said:
    is_plain = word.kind == WordKind.WORD
    return Said(
        name=word.author.name if word.author else pgettext("who wrote", "The desk"),
        kind="" if is_plain else str(word.get_kind_display()),
        text=word.text,
        at=word.at,
        files=tuple(word.files.all()),
    )
