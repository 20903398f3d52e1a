"""
Taking in: one transaction in which letters become messages on tickets and their items are settled.

The same number of statements for one letter and for fifty.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel import problems
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.authority.domains import Writer, writers_from
from ambidesk.parties.people.meeting import meet_many
from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.mail import budgets
from ambidesk.support.channels.mail.intake import reports, vendors
from ambidesk.support.channels.mail.intake.letter import Letter
from ambidesk.support.channels.mail.intake.placing import Place, is_our_own, place
from ambidesk.support.channels.mail.intake.proofs import Proofs, gather, message_id
from ambidesk.support.conversations.claiming import hold, settle
from ambidesk.support.conversations.models import IntakeState, Message, MessageKind
from ambidesk.support.conversations.receiving import Inbound, InboundFile, receive_many
from ambidesk.support.tickets.attributing import attribute_many
from ambidesk.support.tickets.filing import file_many
from ambidesk.support.tickets.opening import Opening, open_many
from ambidesk.support.tickets.rules.suspension import SuspendedFor

BY: Final = Actor(kind=ActorKind.CHANNEL)
CRASH_POINTS: Final = ("intake:taking-in", "intake:taken-in")
OWN_MAIL, LOOP, REPORT, LOOP_PROBLEM = "own-mail", "loop-budget", "report", "mail-loop"
VENDOR = "vendor"
# A link of ours that comes back in a quote opens nothing: others on the ticket read it.
APPROVING: Final = re.compile(r"(/approve/)[A-Za-z0-9_-]{43}")
Blobs = Mapping[str, Blob]
Identities = Mapping[tuple[str, str], Identity]


def take_in(letters: Sequence[Letter], *, blobs: Blobs, at: datetime) -> None:
    """Take letters in whose files are stored; those that are not ours any more are left alone."""
    with transaction.atomic():
        ours = hold([letter.item for letter in letters])
        mine = [letter for letter in letters if letter.item.pk in ours]
        if mine:
            _sort(mine, blobs=blobs, at=at)
        crash_point("intake:taking-in")
    crash_point("intake:taken-in")


def _sort(letters: Sequence[Letter], *, blobs: Blobs, at: datetime) -> None:
    """Tell apart reports, own mail and what is too much; the rest goes on tickets."""
    told = reports.show(letters, by=BY, at=at)
    proofs = gather([letter for letter in letters if letter.item.pk not in told])
    own = [
        letter for letter in letters if letter.item.pk not in told and is_our_own(letter, proofs)
    ]
    left = told | {letter.item.pk for letter in own}
    rest = [letter for letter in letters if letter.item.pk not in left]
    too_many = _beyond_budget(rest, at=at)
    rest = [letter for letter in rest if letter.item.pk not in too_many]
    rest = _without_vendors(rest, blobs=blobs, at=at)
    if rest:
        _put_on_tickets(rest, proofs, blobs=blobs, at=at)
    over = [letter for letter in letters if letter.item.pk in too_many]
    settle([letter.item for letter in rest], IntakeState.DONE)
    reported = [letter.item for letter in letters if letter.item.pk in told]
    if reported:
        settle(reported, IntakeState.DONE, reason=REPORT)
    if own:
        settle([letter.item for letter in own], IntakeState.DISCARDED, reason=OWN_MAIL)
    if over:
        _hold_back(over, at=at)


def _without_vendors(letters: Sequence[Letter], *, blobs: Blobs, at: datetime) -> list[Letter]:
    """Give what vendors answer to their talks, and give back the rest."""
    answers = vendors.answers_among(letters)
    if not answers:
        return list(letters)
    vendors.hear_all(answers, blobs=blobs, by=BY, at=at)
    settle([each.letter.item for each in answers], IntakeState.DONE, reason=VENDOR)
    heard = {each.letter.item.pk for each in answers}
    return [letter for letter in letters if letter.item.pk not in heard]


def _beyond_budget(letters: Sequence[Letter], *, at: datetime) -> set[int]:
    automatic = [letter for letter in letters if letter.mail.is_automatic]
    room = budgets.spend([letter.sender.value for letter in automatic], at=at)
    return {letter.item.pk for letter, has in zip(automatic, room, strict=True) if not has}


def _hold_back(letters: Sequence[Letter], *, at: datetime) -> None:
    """Keep what is too much in quarantine, one problem for each channel."""
    settle([letter.item for letter in letters], IntakeState.QUARANTINED, reason=LOOP)
    for channel in {letter.channel.pk: letter.channel for letter in letters}.values():
        facts = {"channel": channel.name}
        problems.report(LOOP_PROBLEM, ("channel", channel.pk), at=at, facts=facts)


def _put_on_tickets(
    letters: Sequence[Letter], proofs: Proofs, *, blobs: Blobs, at: datetime
) -> None:
    callers = [caller for letter in letters for caller in (letter.sender, *letter.copied)]
    known = meet_many(callers, by=BY, at=at)
    senders = [known[letter.sender.kind, letter.sender.value] for letter in letters]
    places = [
        place(letter, proofs, person_id=sender.person_id)
        for letter, sender in zip(letters, senders, strict=True)
    ]
    writers = _writers(letters, places, senders, at=at)
    messages = receive_many(
        [
            _inbound(letter, where, proofs, known=known, blobs=blobs)
            for letter, where in zip(letters, places, strict=True)
        ],
        at=at,
    )
    taken = list(zip(letters, places, messages, strict=True))
    answers = [(where.ticket, message) for _, where, message in taken if where.ticket is not None]
    new = {
        number: _opening(letter, where, message=message, writer=writers.get(number))
        for number, (letter, where, message) in enumerate(taken)
        if where.ticket is None
    }
    if new:
        _open(new, writers, at=at)
    if answers:
        file_many(answers, by=BY, at=at)


def _open(new: Mapping[int, Opening], writers: Mapping[int, Writer], *, at: datetime) -> None:
    """Open what is new; it is for the company of its writer's domain, or held for it."""
    tickets = dict(zip(new, open_many(list(new.values()), by=BY, at=at), strict=True))
    if writers:
        wanted = [(tickets[number], who.company, None) for number, who in writers.items()]
        attribute_many(wanted, by=BY, at=at)


def _writers(
    letters: Sequence[Letter], places: Sequence[Place], senders: Sequence[Identity], *, at: datetime
) -> Mapping[int, Writer]:
    """Which new matters somebody wrote from the domain of a company."""
    new = {
        number: (letter.sender.value, sender.person_id)
        for number, (letter, where, sender) in enumerate(zip(letters, places, senders, strict=True))
        if where.ticket is None and where.suspended_for is None
    }
    found = writers_from(new.values(), at=at) if new else {}
    return {number: found[who] for number, who in new.items() if who in found}


def _inbound(
    letter: Letter, where: Place, proofs: Proofs, *, known: Identities, blobs: Blobs
) -> Inbound:
    mail = letter.mail
    own_key = f"mail:{letter.item.pk}"
    talk = (where.ticket.pk, letter.channel.pk) if where.ticket else None
    return Inbound(
        channel=letter.channel,
        thread_key=proofs.talks.get(talk, own_key) if talk else own_key,
        sender=known[letter.sender.kind, letter.sender.value],
        copied=tuple(known[caller.kind, caller.value] for caller in letter.copied),
        kind=MessageKind(mail.kind.value),
        sender_verified=letter.is_verified,
        automatic=mail.is_automatic,
        external_id=message_id(letter),
        in_reply_to=storable(mail.in_reply_to),
        references=tuple(storable(each) for each in mail.references),
        envelope=letter.envelope,
        subject=one_line(mail.subject),
        text=_without_links(mail.text),
        new_text=_without_links(mail.reply),
        html=_without_links(mail.html),
        files=tuple(
            InboundFile(
                blob=blobs[file.sha256],
                name=one_line(file.name),
                content_id=storable(file.content_id),
                inline=file.is_inline,
            )
            for file in mail.attachments
        ),
        intake_id=letter.item.pk,
        sent_at=letter.sent_at,
    )


def _without_links(text: str) -> str:
    return APPROVING.sub(r"\1…", storable(text))


def _opening(letter: Letter, where: Place, *, message: Message, writer: Writer | None) -> Opening:
    assert message.sender  # noqa: S101 it came from somebody, if only from NOBODY
    is_held = writer is not None and not writer.speaks
    return Opening(
        brand=letter.channel.brand,
        requester=message.sender,
        subject=one_line(letter.mail.subject),
        message=message,
        channel=letter.channel,
        suspended_for=SuspendedFor.UNKNOWN_WRITER if is_held else where.suspended_for,
    )
