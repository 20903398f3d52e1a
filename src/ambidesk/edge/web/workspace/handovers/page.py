"""What the card of a ticket shows of contractors."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, pgettext

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.saying import money_words
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Stay
from ambidesk.support.conversations.models import DeliveryState
from ambidesk.support.handovers.models import Claim, Handover, HandoverFile, Word, WordKind
from ambidesk.support.handovers.rules.claim import OUTCOMES, ClaimState, can_follow
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
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim under warranty, and what can become of it."""

    label: str
    number: str
    recovered: str
    is_over: bool
    can_send: bool


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
    is_offered: bool
    is_going: bool
    by_mail: str
    claim: ClaimView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedPage:
    """All of a ticket, and to whom it could be handed over now."""

    number: int
    handed: tuple[HandedView, ...]
    contractors: tuple[tuple[int, str], ...]
    stays: tuple[tuple[int, str], ...]
    can_work: bool
    outcomes: tuple[tuple[str, str], ...]


def read_handed(ticket: Ticket, actor: Actor) -> HandedPage:
    """Read what is handed over of a ticket, the newest first."""
    rows = Handover.objects.visible_to(actor).filter(ticket=ticket)
    rows = rows.select_related(
        "contractor__company", "claim", "correspondence__identity"
    ).prefetch_related(
        "words__author",
        "words__files__blob",
        "words__message__sender",
        "words__message__deliveries",
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
        outcomes=tuple((each.value, str(each.label)) for each in ClaimState if each in OUTCOMES),
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
        cost=money_words(price) if price else "",
        said=tuple(_said(word) for word in row.words.all()),
        is_done=standing is Standing.DONE,
        is_open=row.is_open,
        is_offered=standing is Standing.OFFERED,
        is_going=standing is Standing.ACCEPTED,
        by_mail=row.correspondence.identity.value if hasattr(row, "correspondence") else "",
        claim=_claim(row.claim) if hasattr(row, "claim") else None,
    )


def _claim(row: Claim) -> ClaimView:
    return ClaimView(
        label=str(row.get_state_display()),
        number=row.number,
        recovered=money_words(row.money) if row.money else "",
        is_over=row.is_over,
        can_send=can_follow(ClaimState(row.state), ClaimState.SENT),
    )


def _said(word: Word) -> Said:
    is_plain = word.kind == WordKind.WORD
    return Said(
        name=_author(word),
        kind="" if is_plain else str(word.get_kind_display()),
        text=word.text,
        at=word.at,
        files=tuple(word.files.all()),
        trouble=_trouble(word),
    )


def _author(word: Word) -> str:
    if word.author:
        return word.author.name
    if word.message and word.message.sender:
        return word.message.sender.name or word.message.sender.value
    return pgettext("who wrote", "The desk")


def _trouble(word: Word) -> str:
    """What stood in the way of the mail by which it left."""
    failed = {DeliveryState.REFUSED, DeliveryState.BOUNCED}
    sent = word.message.deliveries.all() if word.message else ()
    said = [f"{each.get_state_display()}. {each.words}" for each in sent if each.state in failed]
    return " ".join(said)
