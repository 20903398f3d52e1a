"""
Vendors: a mail that answers what was handed over goes to that talk, never onto the ticket.

The token in our reply address is the proof, with an address of the vendor or of their own mail
domain; without the token our Message-ID is, with the very address that we wrote to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.domains import PUBLIC
from ambidesk.parties.people.meeting import meet_many
from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.mail.intake.letter import Letter
from ambidesk.support.channels.mail.parsing.parsed import MailKind
from ambidesk.support.conversations.models import Message, MessageKind
from ambidesk.support.conversations.receiving import Inbound, InboundFile, receive_many
from ambidesk.support.handovers.corresponding import Heard, hear
from ambidesk.support.handovers.models import Correspondence


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A letter and the talk that it belongs to."""

    letter: Letter
    talk: Correspondence


def answers_among(letters: Sequence[Letter]) -> list[Answer]:
    """Say which letters answer a vendor's talk, in two questions for all."""
    tokens = {token for letter in letters for token in letter.tokens}
    names = {name for letter in letters for name in letter.references if name}
    rows = Correspondence.objects.select_related("identity", "thread", "handover__ticket")
    by_token = {row.token: row for row in rows.filter(token__in=tokens)} if tokens else {}
    by_name = _by_name(names) if names else {}
    found = [(letter, _talk(letter, by_token, by_name)) for letter in letters]
    return [Answer(letter=letter, talk=talk) for letter, talk in found if talk is not None]


def hear_all(
    answers: Sequence[Answer], *, blobs: Mapping[str, Blob], by: Actor, at: datetime
) -> None:
    """Take the answers in; a report that a mail came back says nothing more."""
    said = [each for each in answers if each.letter.mail.kind is not MailKind.BOUNCE]
    callers = [each.letter.sender for each in said]
    known = meet_many(callers, by=by, at=at) if callers else {}
    inbound = [
        _inbound(each, blobs, sender=known[each.letter.sender.kind, each.letter.sender.value])
        for each in said
    ]
    for each, given, message in zip(said, inbound, receive_many(inbound, at=at), strict=True):
        heard = Heard(
            message=message,
            text=message.new_text or message.text,
            files=[(file.blob, file.name) for file in given.files],
        )
        hear(each.talk, heard, by=by, at=at)


def _by_name(names: set[str]) -> Mapping[str, Correspondence]:
    said = Message.objects.filter(
        external_id__in=names, thread__correspondence__isnull=False
    ).exclude(external_id="")
    rows = said.select_related(
        "thread__correspondence__identity",
        "thread__correspondence__thread",
        "thread__correspondence__handover__ticket",
    )
    return {row.external_id: row.thread.correspondence for row in rows}


def _talk(
    letter: Letter,
    by_token: Mapping[str, Correspondence],
    by_name: Mapping[str, Correspondence],
) -> Correspondence | None:
    if not letter.is_verified or letter.is_from_us:
        return None
    for token in letter.tokens:
        talk = by_token.get(token)
        if talk and _is_of(letter, talk) and _is_vendors(letter, talk):
            return talk
    for name in letter.references:
        talk = by_name.get(name)
        if talk and _is_of(letter, talk) and letter.sender.value == talk.identity.value:
            return talk
    return None


def _is_of(letter: Letter, talk: Correspondence) -> bool:
    return talk.handover.ticket.brand_id == letter.channel.brand_id


def _is_vendors(letter: Letter, talk: Correspondence) -> bool:
    # Whoever reads their mail may answer from a desk of their own.
    if letter.sender.value == talk.identity.value:
        return True
    theirs, domain = (
        address.rpartition("@")[2] for address in (talk.identity.value, letter.sender.value)
    )
    return theirs == domain and domain not in PUBLIC


def _inbound(answer: Answer, blobs: Mapping[str, Blob], *, sender: Identity) -> Inbound:
    letter, mail = answer.letter, answer.letter.mail
    return Inbound(
        channel=letter.channel,
        thread_key=answer.talk.thread.key,
        sender=sender,
        kind=MessageKind(mail.kind.value),
        sender_verified=letter.is_verified,
        automatic=mail.is_automatic,
        external_id=storable(mail.message_id)[:998],
        in_reply_to=storable(mail.in_reply_to),
        references=tuple(storable(each) for each in mail.references),
        envelope=letter.envelope,
        subject=one_line(mail.subject),
        text=storable(mail.text),
        new_text=storable(mail.reply),
        html=storable(mail.html),
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
