"""
Transcribing: a visitor has the talk sent by mail, and what they did not read follows them there.

Only a talk that somebody of ours has answered leaves the house: nobody mails strangers through us.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.channels.widget.events import TranscriptAsked
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.speaking import last_ticket
from ambidesk.support.channels.widget.talk import GIVEN, Line, messages_of, read_talk, unread_lines
from ambidesk.support.channels.widget.visiting import actor_of, claimed
from ambidesk.support.conversations.models import (
    Attachment,
    Channel,
    ChannelKind,
    Delivery,
    Direction,
    Message,
)
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import record

DAY: Final = 86_400.0
# So many a day go out of one talk, to one address, to one domain, from one widget.
OF_TALK, OF_ADDRESS, OF_DOMAIN, OF_WIDGET = 3, 3, 600, 2_000
# So long an answer waits to be read in the widget before it also goes by mail.
UNREAD_FOR: Final = timedelta(minutes=5)
TOO_LATE: Final = timedelta(days=2)
# What became due this short while ago may not be committed yet: it goes next time.
SETTLED: Final = timedelta(seconds=30)
AT_ONCE: Final = 20


class NothingYet(Refusal):
    """There is no talk to send."""

    sentence = gettext_lazy("There is nothing to send yet: nobody has answered.")


class NoMail(Refusal):
    """The brand has no mailbox."""

    sentence = gettext_lazy("Mail cannot be sent from here at the moment.")


class TooOften(Refusal):
    """The budget of the day is spent."""

    sentence = gettext_lazy("This was sent several times today. Try again tomorrow.")
    status = 429


class NoAddress(InvalidInput):
    """Nobody said where to."""

    sentence = gettext_lazy("Enter an e-mail address.")


def transcribe(visitor: Visitor, *, email: str, at: datetime) -> Message:
    """
    Send the talk to an address.

    Raises:
        NoAddress, NotAnAddress: it cannot be sent there.
        NothingYet: nobody of ours has spoken.
        NoMail: the brand sends no mail.
        TooOften: a talk, an address or a domain has had enough for today.
    """
    address = claimed(email)
    if not address:
        raise NoAddress(field="email")
    ticket = last_ticket(visitor)
    spoken = messages_of(visitor, at=at).filter(direction=Direction.OUTBOUND, automatic=False)
    if ticket is None or not spoken.exists():
        raise NothingYet
    if not _has_mailbox(visitor.channel):
        raise NoMail
    spend(str(visitor.thread_id), str(visitor.channel_id), address=address)
    talk = read_talk(visitor, at=at)
    with override(visitor.language), transaction.atomic():
        subject = _("Your conversation with %(brand)s") % {"brand": visitor.channel.brand.name}
        clock = visitor.channel.brand.clock
        text = "\n\n".join([subject, *(_worded(line, clock) for line in talk.lines)])
        message = _mail(visitor, ticket, address=address, words=(subject, text), at=at)
        event = TranscriptAsked(ticket_id=ticket.pk, message_id=message.pk)
        record(event, ticket, by=actor_of(visitor.channel), at=at)
    return message


def follow_by_mail(*, at: datetime) -> int:
    """Mail what visitors who left an address have not read for minutes; once each."""
    oldest = at - TOO_LATE
    due = Delivery.objects.filter(
        message__thread=OuterRef("thread"),
        message__direction=Direction.OUTBOUND,
        message__withdrawn_at=None,
        message__erased_at=None,
        state__in=GIVEN,
        due_at__gt=Greatest(Coalesce(OuterRef("mailed_until"), oldest), oldest),
    )
    # Nobody sits before a form that was sent: its answers go at once.
    ripe = Q(due_at__lt=at - UNREAD_FOR) | Q(
        message__thread__channel__kind=ChannelKind.FORM, due_at__lt=at - SETTLED
    )
    unread = Q(message__gt=OuterRef("read_id")) | Q(due_at__gt=OuterRef("read_at"))
    # What a rule answers is seen in a talk as it comes; from a form it would go nowhere.
    spoken = Q(message__automatic=False) | Q(message__thread__channel__kind=ChannelKind.FORM)
    waiting = due.filter(unread, ripe, spoken)
    mailboxes = Channel.objects.filter(
        brand=OuterRef("channel__brand"), kind=ChannelKind.EMAIL, enabled=True
    )
    rows = Visitor.objects.filter(Exists(waiting), Exists(mailboxes), ~Q(email=""), closed_at=None)
    found = list(rows.select_related("channel__brand", "identity").order_by("pk")[:AT_ONCE])
    for visitor in found:
        _follow(visitor, at=at)
    return len(found)


@transaction.atomic
def _follow(visitor: Visitor, *, at: datetime) -> None:
    row = (
        Visitor.objects.select_for_update(of=("self",))
        .select_related("channel__brand", "identity")
        .get(pk=visitor.pk)
    )
    if not _has_mailbox(row.channel):
        return
    oldest = at - TOO_LATE
    until = at - SETTLED
    lines = unread_lines(row, after=max(row.mailed_until or oldest, oldest), until=until)
    Visitor.objects.filter(pk=row.pk).update(mailed_until=until)
    ticket = last_ticket(row)
    if not lines or ticket is None or ticket.state == "closed":
        return
    with override(row.language):
        subject = _("An answer from %(brand)s") % {"brand": row.channel.brand.name}
        text = "\n\n".join(line.text for line in lines)
        files = _files_of(row, lines)
        _mail(row, ticket, address=row.email, words=(subject, text), files=files, at=at)


def _mail(
    visitor: Visitor,
    ticket: Ticket,
    *,
    address: str,
    words: tuple[str, str],
    files: Iterable[tuple[Blob, str]] = (),
    at: datetime,
) -> Message:
    subject, text = words
    identity = reader_of(visitor, address, at=at)
    said = Answer(
        text=text, to=(identity,), due_at=at, automatic=True, subject=subject, files=tuple(files)
    )
    return answer(ticket, said, by=SYSTEM, at=at)


def reader_of(visitor: Visitor, address: str, *, at: datetime) -> Identity:
    """Whoever reads at an address that a visitor typed; it joins nobody."""
    caller = Caller(kind=IdentityKind.EMAIL, value=address, language=visitor.language)
    return meet(caller, by=actor_of(visitor.channel), at=at)


def spend(talk: str, channel: str, *, address: str) -> None:
    """
    Take from the budgets of mail that somebody has sent to an address they only typed.

    Raises:
        TooOften: the talk, the address, its domain or the channel has had enough for today.
    """
    budgets = {
        # Of the talk, not of the browser: whoever signs in again has said nothing new.
        f"talk:{talk}": OF_TALK,
        f"address:{untagged(address)}": OF_ADDRESS,
        f"domain:{channel}:{address.rpartition('@')[2]}": OF_DOMAIN,
        f"widget:{channel}": OF_WIDGET,
    }
    for key, most in budgets.items():
        if ephemeral.count(f"transcript:{key}", seconds=DAY) > most:
            raise TooOften


def untagged(address: str) -> str:
    """The mailbox behind an address: what stands after a plus is free to choose."""
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def _files_of(visitor: Visitor, lines: Iterable[Line]) -> list[tuple[Blob, str]]:
    """The files of lines, for who cannot fetch them in a talk."""
    if visitor.channel.kind != ChannelKind.FORM:
        return []
    rows = Attachment.objects.filter(message__in=[line.id for line in lines], inline=False)
    return [(row.blob, row.name) for row in rows.select_related("blob").order_by("pk")]


def _has_mailbox(channel: Channel) -> bool:
    mailboxes = Channel.objects.filter(brand=channel.brand_id, kind=ChannelKind.EMAIL)
    return mailboxes.filter(enabled=True).exists()


def _worded(line: Line, clock: tzinfo) -> str:
    who = _("You") if line.is_mine else line.name
    nameless = _("Nameless file")
    files = "".join(f"\n[{each.name or nameless}]" for each in line.files)
    when = date_format(line.at.astimezone(clock), "SHORT_DATETIME_FORMAT")
    return f"{who}, {when}\n{line.text}{files}"
