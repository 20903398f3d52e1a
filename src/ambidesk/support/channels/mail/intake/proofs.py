"""
Proofs: what the desk knows about tokens and Message-IDs that letters bring, in a few statements.

A number in a subject is none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ambidesk.ground.kernel.texts import storable
from ambidesk.support.channels.mail.intake.letter import Letter
from ambidesk.support.conversations.models import (
    Delivery,
    DeliveryState,
    Direction,
    Participant,
    ParticipantRole,
)
from ambidesk.support.handovers.models import Correspondence
from ambidesk.support.tickets.models import Filing, ReplyToken, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A message that a letter names, where it stands and by which channel it went."""

    ticket: Ticket
    channel_id: int
    is_ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """
    What is known.

    `parties` are ids of persons by ticket; `talks` keys of threads by ticket and channel;
    `asked` are brands by tokens of what vendors were asked.
    """

    holders: Mapping[str, ReplyToken]
    asked: Mapping[str, int]
    mentions: Mapping[str, Sequence[Mention]]
    parties: Mapping[int, frozenset[int]]
    talks: Mapping[tuple[int, int], str]


def gather(letters: Sequence[Letter]) -> Proofs:
    """Look up all that the letters bring; the same number of statements for one and for many."""
    tokens = {token for letter in letters for token in letter.tokens}
    holders = _holders(tokens)
    mentions = _mentions(
        {name for letter in letters for name in (*letter.references, message_id(letter)) if name}
    )
    tickets = {row.ticket_id: row.ticket for row in holders.values()}
    tickets |= {each.ticket.pk: each.ticket for many in mentions.values() for each in many}
    return Proofs(
        holders=holders,
        asked=_asked(tokens - set(holders)),
        mentions=mentions,
        parties=_parties(tickets),
        talks=_talks(tickets),
    )


def message_id(letter: Letter) -> str:
    """The Message-ID as it is stored."""
    return storable(letter.mail.message_id)[:998]


def _holders(tokens: set[str]) -> Mapping[str, ReplyToken]:
    if not tokens:
        return {}
    rows = ReplyToken.objects.filter(token__in=tokens).select_related("ticket", "identity")
    return {row.token: row for row in rows}


def _asked(tokens: set[str]) -> Mapping[str, int]:
    if not tokens:
        return {}
    rows = Correspondence.objects.filter(token__in=tokens)
    return dict(rows.values_list("token", "handover__ticket__brand"))


def _mentions(names: set[str]) -> Mapping[str, Sequence[Mention]]:
    if not names:
        return {}
    filings = Filing.objects.filter(withdrawn_at=None, message__external_id__in=names)
    # The index leaves out the nameless, and a long list does not tell the planner so.
    rows = list(
        filings.exclude(message__external_id="")
        .order_by("-pk")
        .values_list(
            "ticket",
            "message__external_id",
            "message__direction",
            "message__thread__channel",
        )
    )
    tickets = Ticket.objects.in_bulk({ticket for ticket, *_rest in rows}) if rows else {}
    found: dict[str, list[Mention]] = {}
    for ticket, name, direction, channel in rows:
        mention = Mention(
            ticket=tickets[ticket], channel_id=channel, is_ours=direction == Direction.OUTBOUND
        )
        found.setdefault(name, []).append(mention)
    return found


def _parties(tickets: Mapping[int, Ticket]) -> Mapping[int, frozenset[int]]:
    """Whoever asked, takes part, or was written to by us; somebody in copy only once accepted."""
    if not tickets:
        return {}
    found = {number: {ticket.requester_id} for number, ticket in tickets.items()}
    taking_part = Participant.objects.filter(
        role__in=[ParticipantRole.REQUESTER, ParticipantRole.ACCEPTED],
        thread__messages__filings__ticket__in=tickets,
        thread__messages__filings__withdrawn_at=None,
    )
    written_to = Delivery.objects.filter(
        message__filings__ticket__in=tickets, message__filings__withdrawn_at=None
    ).exclude(state=DeliveryState.WITHDRAWN)
    pairs: Iterable[tuple[int, int]] = (
        *taking_part.values_list(
            "thread__messages__filings__ticket", "identity__person"
        ).distinct(),
        *written_to.values_list("message__filings__ticket", "recipient__person").distinct(),
    )
    for ticket, person in pairs:
        if ticket in found:
            found[ticket].add(person)
    return {number: frozenset(persons) for number, persons in found.items()}


def _talks(tickets: Mapping[int, Ticket]) -> Mapping[tuple[int, int], str]:
    if not tickets:
        return {}
    rows = Filing.objects.filter(ticket__in=tickets, withdrawn_at=None).order_by()
    threads = rows.values_list(
        "ticket", "message__thread__channel", "message__thread", "message__thread__key"
    ).distinct()
    return {(ticket, channel): key for ticket, channel, _thread, key in sorted(threads)}
