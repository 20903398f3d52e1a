"""
Placing: on which ticket a letter goes, by proof only; what only claims to belong is suspended.

Pure: the same letter and proofs give the same place.
"""

from dataclasses import dataclass

from ambidesk.support.channels.mail.intake.letter import Letter
from ambidesk.support.channels.mail.intake.proofs import Proofs, message_id
from ambidesk.support.channels.mail.parsing.parsed import MailKind
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rules.suspension import SuspendedFor


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A ticket there is, or a new one, which may be suspended for a reason."""

    ticket: Ticket | None = None
    suspended_for: SuspendedFor | None = None


def is_our_own(letter: Letter, proofs: Proofs) -> bool:
    """Say whether the desk gets its own mail back: it is on its ticket already."""
    if letter.has_been_here:
        return True
    return any(
        mention.is_ours and mention.ticket.brand_id == letter.channel.brand_id
        for mention in proofs.mentions.get(message_id(letter), ())
    )


def place(letter: Letter, proofs: Proofs, *, person_id: int) -> Place:
    """Say where a letter goes; `person_id` is its sender's."""
    if not letter.is_verified:
        return Place(suspended_for=SuspendedFor.UNVERIFIED)
    if letter.is_from_us and not _is_of_another_brand(letter, proofs):
        return Place(suspended_for=SuspendedFor.PRETENDS)
    answered = _by_token(letter, proofs, person_id=person_id)
    if answered.ticket is None and answered.suspended_for is None:
        answered = _by_reference(letter, proofs, person_id=person_id)
    if answered.ticket is None and answered.suspended_for is None:
        answered = _without_proof(letter)
    return answered


def _by_token(letter: Letter, proofs: Proofs, *, person_id: int) -> Place:
    suspended_for = None
    for token in letter.tokens:
        if proofs.asked.get(token) == letter.channel.brand_id:
            # Whoever may answer what a vendor was asked was heard before.
            suspended_for = SuspendedFor.FOREIGN_TOKEN
        holder = proofs.holders.get(token)
        if holder is None or holder.ticket.brand_id != letter.channel.brand_id:
            continue
        is_theirs = person_id == holder.identity.person_id
        if holder.revoked_at is None and (
            is_theirs or person_id in proofs.parties[holder.ticket_id]
        ):
            return Place(ticket=holder.ticket)
        suspended_for = SuspendedFor.FOREIGN_TOKEN
    return Place(suspended_for=suspended_for)


def _by_reference(letter: Letter, proofs: Proofs, *, person_id: int) -> Place:
    suspended_for = None
    for name in letter.references:
        for mention in proofs.mentions.get(name, ()):
            if mention.ticket.brand_id != letter.channel.brand_id:
                continue
            if person_id in proofs.parties[mention.ticket.pk]:
                return Place(ticket=mention.ticket)
            suspended_for = SuspendedFor.NOT_A_PARTY
    return Place(suspended_for=suspended_for)


def _without_proof(letter: Letter) -> Place:
    if letter.mail.kind in {MailKind.AUTO_REPLY, MailKind.BOUNCE}:
        return Place(suspended_for=SuspendedFor.AUTOMATIC)
    return Place()


def _is_of_another_brand(letter: Letter, proofs: Proofs) -> bool:
    """Two brands of one desk may write to each other; our Message-ID proves that it was us."""
    return any(mention.is_ours for mention in proofs.mentions.get(message_id(letter), ()))
