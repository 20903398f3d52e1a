"""
Returning: reports of other mail systems about what we sent find the delivery they are about.

A report is believed by its reply token, or by our Message-ID; it is never a word of the requester.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Delivery, DeliveryState, Direction
from ambidesk.support.conversations.rules.statuses import meaning
from ambidesk.support.tickets.delivering import RETURNED, WORDS, fail, show, tickets_locked
from ambidesk.support.tickets.models import ReplyToken, Ticket


class Fate(StrEnum):
    """What a report says of the mail; other words of RFC 3464 say nothing that we ask for."""

    FAILED = "failed"
    DELAYED = "delayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    One report about one recipient.

    `token` stands in the address the report came to, `message_id` names our mail, without angle
    brackets; `recipient` is a normalised address; each is "" where it is not known.
    """

    token: str = ""
    message_id: str = ""
    recipient: str = ""
    fate: Fate = Fate.FAILED
    status: str = ""
    diagnostic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The delivery that a report is about, and the ticket on which its message stands now."""

    delivery: Delivery
    ticket: Ticket


def bounce(report: Report, *, by: Actor, at: datetime) -> Returned | None:
    """Take in one report; None when it is about nothing that we sent."""
    return bounce_many([report], by=by, at=at)[0]


@transaction.atomic
def bounce_many(reports: Sequence[Report], *, by: Actor, at: datetime) -> list[Returned | None]:
    """
    Take in reports, an answer for each in order; None for what is about nothing that we sent.

    A failure is put down once, however often it is told; what is late is only noted.
    """
    found = _deliveries(reports)
    tickets = tickets_locked({row.message_id for row in found if row})
    ids = {row.pk for row in found if row}
    rows = {
        row.pk: row
        for row in Delivery.objects.select_for_update(of=("self",))
        .filter(pk__in=ids)
        .select_related("message")
        .order_by("pk")
    }
    failed = []
    for report, asked in zip(reports, found, strict=True):
        if asked and _put_down(rows[asked.pk], report):
            failed.append(rows[asked.pk])
    Delivery.objects.bulk_update(rows.values(), ["state", "leased_until", *WORDS])
    fail(failed, tickets, problem=RETURNED, by=by, at=at)
    show(sorted(ids))
    return [
        Returned(delivery=rows[row.pk], ticket=tickets[row.message_id])
        if row and row.message_id in tickets
        else None
        for row in found
    ]


def _put_down(row: Delivery, report: Report) -> bool:
    """Write the report into the row; True when the delivery failed by it."""
    if row.state not in {DeliveryState.SENT, DeliveryState.WAITING}:
        return False
    row.trouble = meaning(status=report.status)
    row.status = report.status[:12]
    row.last_error = one_line(report.diagnostic, 500)
    if report.fate is not Fate.FAILED:
        return False
    # What came back has left, whether or not we had the time to write that down.
    row.state = DeliveryState.BOUNCED
    row.leased_until = None
    return True


def _deliveries(reports: Sequence[Report]) -> list[Delivery | None]:
    tokens = {report.token for report in reports if report.token}
    ids = {report.message_id for report in reports if report.message_id}
    by_token = _by_token(tokens)
    by_message = _by_message(ids)
    return [_choose(report, by_token, by_message) for report in reports]


def _choose(
    report: Report,
    by_token: Mapping[str, list[Delivery]],
    by_message: Mapping[str, list[Delivery]],
) -> Delivery | None:
    theirs = by_token.get(report.token, [])
    named = [row for row in theirs if row.message.external_id == report.message_id]
    if named or theirs:
        # A token serves a whole ticket: without our Message-ID the last mail under it is meant.
        return (named or theirs)[-1]
    rows = by_message.get(report.message_id, [])
    same = [row for row in rows if row.recipient.value == report.recipient]
    # A forwarding server names an address that we never wrote to; a lone recipient is meant then.
    chosen = same or (rows if len(rows) == 1 else [])
    return chosen[-1] if chosen else None


def _by_token(tokens: set[str]) -> dict[str, list[Delivery]]:
    holders = ReplyToken.objects.filter(token__in=tokens).values("identity")
    found: dict[str, list[Delivery]] = {}
    rows = Delivery.objects.filter(recipient__in=holders, reply_token__in=tokens)
    for row in _left(rows.select_related("message", "recipient").order_by("pk")):
        found.setdefault(row.reply_token, []).append(row)
    return found


def _by_message(ids: set[str]) -> dict[str, list[Delivery]]:
    found: dict[str, list[Delivery]] = {}
    rows = Delivery.objects.filter(
        message__external_id__in=ids, message__direction=Direction.OUTBOUND
    )
    for row in _left(rows.select_related("message", "recipient").order_by("pk")):
        found.setdefault(row.message.external_id, []).append(row)
    return found


def _left(rows: Iterable[Delivery]) -> list[Delivery]:
    """Leave out what was never handed to anybody; who holds a lease may have done so."""
    never = {DeliveryState.WITHDRAWN, DeliveryState.REFUSED}
    return [
        row
        for row in rows
        if row.state not in never and (row.attempts or row.sent_at or row.leased_until)
    ]
