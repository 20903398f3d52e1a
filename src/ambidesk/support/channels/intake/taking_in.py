"""
Taking in: one transaction in which items become messages on tickets and are settled.

The same number of statements for one message and for fifty.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.people.meeting import meet_many
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.channels.callers import caller_of
from ambidesk.support.channels.contract.inbound import Edited, Ignored, Pressed, Spoken
from ambidesk.support.channels.intake.placing import Talk, tickets_of
from ambidesk.support.channels.intake.reading import Heard
from ambidesk.support.channels.intake.remarks import (
    PRESS,
    UNKNOWN,
    bring_code,
    is_command,
    take_command,
    take_press,
    take_remark,
    take_reply,
)
from ambidesk.support.conversations.claiming import hold, settle
from ambidesk.support.conversations.models import IntakeState, Message
from ambidesk.support.conversations.receiving import Inbound, InboundFile, receive_many
from ambidesk.support.tickets.filing import file_many
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.opening import Opening, open_many

BY: Final = Actor(kind=ActorKind.CHANNEL)
CRASH_POINTS: Final = ("heard:taking-in", "heard:taken-in")
LONGEST_SUBJECT: Final = 100
REPLY, CODE, COMMAND = "reply", "code", "command"
Blobs = Mapping[str, Blob]
Identities = Mapping[tuple[str, str], Identity]


def take_in(heard: Sequence[Heard], *, blobs: Blobs, answers: dict[int, str], at: datetime) -> None:
    """
    Take items in whose files are stored; those that are not ours any more are left alone.

    `answers` is told by the item's id what shall stand in place of a button that was pressed.
    """
    with transaction.atomic():
        ours = hold([item for each in heard for item in each.items])
        mine = [each for each in heard if all(item.pk in ours for item in each.items)]
        if mine:
            _sort(mine, blobs=blobs, answers=answers, at=at)
        crash_point("heard:taking-in")
    crash_point("heard:taken-in")


def _sort(heard: Sequence[Heard], *, blobs: Blobs, answers: dict[int, str], at: datetime) -> None:
    """
    Words first, in the order in which they were said; then what is about words.

    Whoever presses and then writes has pressed first: a "yes, that is me" decides where words go.
    """
    spoken = [each for each in heard if isinstance(each.event, Spoken)]
    spoken.sort(key=_said_at)
    remarks = [each for each in heard if not isinstance(each.event, Spoken)]
    # Who comes with a token is known by it before their words are taken in.
    before = [each for each in remarks if not isinstance(each.event, Edited | Pressed)]
    for each in before:
        _settle_remark(each, at=at)
    presses = [each for each in remarks if isinstance(each.event, Pressed)]
    early = _before_words(presses, spoken)
    for each in early:
        _settle_press(each, answers=answers, at=at)
    spoken = _but(spoken, taken=[each for each in spoken if take_reply(each, at=at)], reason=REPLY)
    spoken = _but(spoken, taken=[each for each in spoken if bring_code(each, at=at)], reason=CODE)
    commands = [each for each in spoken if is_command(each)]
    spoken = [each for each in spoken if each not in commands]
    if spoken:
        _put_on_tickets(spoken, blobs=blobs, at=at)
        settle([item for each in spoken for item in each.items], IntakeState.DONE)
    # What is asked of the talk as it stands with the words before.
    for each in commands:
        take_command(each, at=at)
    settle([each.item for each in commands], IntakeState.DONE, reason=COMMAND)
    for each in remarks:
        if isinstance(each.event, Pressed):
            if each not in early:
                _settle_press(each, answers=answers, at=at)
        elif each not in before:
            _settle_remark(each, at=at)


def _before_words(presses: list[Heard], spoken: list[Heard]) -> list[Heard]:
    """The presses that came before any word of their talk."""
    first: dict[Talk, int] = {}
    for each in spoken:
        talk = _talk_of(each)
        first[talk] = min(each.item.pk, first.get(talk, each.item.pk))
    return [each for each in presses if each.item.pk < first.get(_talk_of(each), 0)]


def _talk_of(heard: Heard) -> Talk:
    assert isinstance(heard.event, Spoken | Pressed)  # noqa: S101 only these are asked
    return (heard.channel.pk, heard.event.talk)


def _but(spoken: list[Heard], *, taken: list[Heard], reason: str) -> list[Heard]:
    """Settle what was no word of the talk; give what is."""
    settle([item for each in taken for item in each.items], IntakeState.DONE, reason=reason)
    return [each for each in spoken if each not in taken]


def _settle_press(heard: Heard, *, answers: dict[int, str], at: datetime) -> None:
    said = take_press(heard, at=at)
    answers[heard.item.pk] = said or ""
    settle([heard.item], IntakeState.DONE, reason=UNKNOWN if said is None else PRESS)


def _settle_remark(heard: Heard, *, at: datetime) -> None:
    if isinstance(heard.event, Ignored):
        settle([heard.item], IntakeState.DISCARDED, reason=heard.event.why[:40])
        return
    by = Actor(kind=ActorKind.CHANNEL, id=heard.channel.pk)
    word = take_remark(heard, by=by, at=at)
    settle([heard.item], IntakeState.DONE, reason=word)


def _said_at(heard: Heard) -> tuple[datetime, int]:
    assert isinstance(heard.event, Spoken)  # noqa: S101 only words are sorted so
    return heard.event.said_at, heard.item.pk


def _put_on_tickets(heard: Sequence[Heard], *, blobs: Blobs, at: datetime) -> None:
    spoken = [(each, each.event) for each in heard if isinstance(each.event, Spoken)]
    known = meet_many([caller_of(event.sender) for _each, event in spoken], by=BY, at=at)
    messages = receive_many(
        [_inbound(each, event, known=known, blobs=blobs) for each, event in spoken], at=at
    )
    talks = [(each.channel.pk, event.talk) for each, event in spoken]
    places: dict[Talk, Ticket] = dict(tickets_of(talks, at=at))
    firsts: dict[Talk, Opening] = {}
    later: list[tuple[Talk, Message]] = []
    for talk, (each, event), message in zip(talks, spoken, messages, strict=True):
        if talk in places or talk in firsts:
            later.append((talk, message))
        else:
            firsts[talk] = _opening(each, event, message)
    opened = open_many(list(firsts.values()), by=BY, at=at) if firsts else []
    places |= dict(zip(firsts, opened, strict=True))
    if later:
        file_many([(places[talk], message) for talk, message in later], by=BY, at=at)


def _inbound(heard: Heard, event: Spoken, *, known: Identities, blobs: Blobs) -> Inbound:
    lost = [file.ref.name for file in heard.files if file.content is None]
    text = storable(event.text)
    if lost:
        with override(heard.channel.brand.language):
            words = _("Did not come: %(names)s") % {"names": storable(", ".join(lost))}
        text = f"{text}\n\n[{words}]".strip()
    return Inbound(
        channel=heard.channel,
        thread_key=event.talk,
        sender=known[IdentityKind.MESSENGER, event.sender.value[:320]],
        sender_verified=event.sender.is_verified,
        external_id=event.external_id,
        in_reply_to=event.answers,
        text=text,
        new_text=text,
        files=tuple(
            InboundFile(
                blob=blobs[file.digest],
                name=one_line(file.ref.name),
                inline=file.ref.is_inline,
            )
            for file in heard.files
            if file.content is not None
        ),
        intake_id=heard.item.pk,
        sent_at=min(event.said_at, heard.item.received_at),
    )


def _opening(heard: Heard, event: Spoken, message: Message) -> Opening:
    assert message.sender  # noqa: S101 it came from somebody
    return Opening(
        brand=heard.channel.brand,
        requester=message.sender,
        subject=_subject(event, message),
        message=message,
        channel=heard.channel,
        team=heard.channel.team,
    )


def _subject(event: Spoken, message: Message) -> str:
    """A talk has no subject: its first words stand for it."""
    words = one_line(event.subject or event.text or message.text)
    return words if len(words) <= LONGEST_SUBJECT else f"{words[: LONGEST_SUBJECT - 1].rstrip()}…"
