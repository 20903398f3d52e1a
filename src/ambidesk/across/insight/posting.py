"""
Posting: turns that have come become mails, one a turn, and these leave by the desk's own sender.

A turn and its mail are one transaction, so that a worker that dies makes neither two nor none;
turns that were missed while nothing ran are one mail, of the latest. What a mail tells is read
at the moment at which it leaves, by the reach that its reader has then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

import structlog
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from ambidesk.across.insight.giving_up import MAILS
from ambidesk.across.insight.mailing import (
    end_mailing,
    fall_silent,
    mark_sent,
    sees_report,
    token_to_end,
)
from ambidesk.across.insight.models import ReportMail, ReportMailing
from ambidesk.across.insight.rules.rhythm import Every, days_told, next_turn
from ambidesk.ground.kernel import outbox
from ambidesk.ground.kernel.days import beginning_of
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.support.channels.mail.composing.letter import CannotBeWritten, File, Letter, Mailbox
from ambidesk.support.channels.mail.composing.mail import write
from ambidesk.support.channels.mail.handing_in import Steps, channel_of_desk, hand_in_all
from ambidesk.support.channels.mail.sending.session import Session
from ambidesk.support.conversations.models import Channel

log = structlog.get_logger(__name__)
MOST_TURNS = 200
LEASE = timedelta(minutes=3)
# A mail that left is kept as long as somebody may ask whether it did.
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """What a mail says, in the language that is spoken just now."""

    subject: str
    text: str
    html: str
    files: tuple[File, ...] = ()


class Words(Protocol):
    """Say a report as a reader may see it now; None where there is nothing they may be told."""

    def __call__(
        self, row: ReportMail, reader: Actor, *, way_out: str, at: datetime
    ) -> ReportWords | None: ...


def post_reports(*, words: Words, clock: Callable[[], datetime]) -> int:
    """Make the mails of turns that have come and hand in those due; say how many."""
    channel = channel_of_desk()
    if channel is None:
        return 0
    turned = turn_due(domain=channel.domain, at=clock())
    rows = ReportMail.objects.filter(sent_at=None, given_up_at=None)
    rows = rows.select_related("mailing__report", "mailing__user")
    waiting = outbox.lease(rows, at=clock(), lasting=LEASE, limit=20)
    if waiting:
        hand_in_all(channel, waiting, steps=_steps(channel, words), clock=clock)
    return turned + len(waiting)


@transaction.atomic
def turn_due(*, domain: str, at: datetime) -> int:
    """
    Make the mails of the turns that have come, and end what is over; say how many turns.

    `domain` stands in the Message-ID, which is fixed here.
    """
    ReportMail.objects.filter(sent_at__lt=at - KEPT).delete()
    due = ReportMailing.objects.filter(next_at__lte=at).order_by("next_at", "pk")
    rows = due.select_for_update(skip_locked=True, of=("self",))
    rows = rows.select_related("report", "user")
    found = list(rows[:MOST_TURNS])
    for row in found:
        _turn(row, domain=domain, at=at)
    return len(found)


def _turn(row: ReportMailing, *, domain: str, at: datetime) -> None:
    turn, later = row.next_at, next_turn(row.rhythm, row.next_at)
    while later <= at and not _is_over(row, later):
        turn, later = later, next_turn(row.rhythm, later)
    if _is_over(row, turn) or not sees_report(row.report, row.user):
        end_mailing(row, by=SYSTEM, at=at)
        return
    # The days of its reader; figures are of the desk's, and that of the last one must be over.
    first, until = days_told(Every(row.every), turn.astimezone(row.rhythm.zone).date())
    whole = beginning_of(until)
    ReportMail.objects.create(
        mailing=row,
        turn_at=turn,
        first=first,
        until=until,
        external_id=f"{uuid4().hex}@{domain}",
        due_at=max(at, whole),
    )
    row.next_at = later
    row.save(update_fields=["next_at"])


def _is_over(row: ReportMailing, turn: datetime) -> bool:
    return row.ends_on is not None and turn.astimezone(row.rhythm.zone).date() > row.ends_on


def _steps(channel: Channel, words: Words) -> Steps[ReportMail]:
    return Steps(
        is_ours=lambda row, at: outbox.renew(row, at=at, lasting=LEASE),
        hand_in=lambda session, row, at: _hand_in(session, channel, row, words=words, at=at),
        mark=lambda row, at: mark_sent(row, at=at),
        put_off=lambda row, at: MAILS.put_off(row, at=at),
    )


def _hand_in(
    session: Session, channel: Channel, row: ReportMail, *, words: Words, at: datetime
) -> None:
    # Asked anew: between the turn and this moment somebody may have left or lost the right.
    mailing = row.mailing
    mailing.user.refresh_from_db()
    if not sees_report(mailing.report, mailing.user):
        end_mailing(mailing, by=SYSTEM, at=at)
        return
    content = _content(channel, row, words=words, at=at)
    if content is None:
        fall_silent(row, at=at)
        return
    session.hand_in(
        content,
        sender=channel.address,
        plain_sender=channel.address,
        recipient=mailing.user.email,
    )


def _content(channel: Channel, row: ReportMail, *, words: Words, at: datetime) -> bytes | None:
    """Write the mail; whatever is wrong with one report puts off that one alone."""
    try:
        letter = _letter(channel, row, words=words, at=at)
        return write(letter, reply_to=letter.sender, at=at) if letter else None
    except Exception as broken:
        log.exception("report-not-written", mailing=row.mailing_id)
        raise CannotBeWritten("report") from broken


def _letter(channel: Channel, row: ReportMail, *, words: Words, at: datetime) -> Letter | None:
    user = row.mailing.user
    language = user.language or channel.brand.language
    path = reverse("report-unsubscription", args=[token_to_end(row.mailing)])
    way_out = f"{settings.BASE_URL}{path}"
    with translation.override(language):
        said = words(row, actor_of(user), way_out=way_out, at=at)
    if said is None:
        return None
    return Letter(
        sender=Mailbox(name="Ambidesk", address=channel.address),
        to=(Mailbox(name=user.name, address=user.email),),
        message_id=row.external_id,
        subject=said.subject,
        text=said.text,
        html=said.html,
        files=said.files,
        is_automatic=True,
        unsubscribe=way_out,
        language=language,
    )
