"""Parties: who can be answered on a ticket; a copied address only once somebody accepts it."""

from dataclasses import dataclass

from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.conversations.models import Participant, ParticipantRole
from ambidesk.support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who can be answered; the requester is chosen to begin with."""

    identity: Identity
    role: str
    is_chosen: bool

    @property
    def label(self) -> str:
        """Name and address, as far as known."""
        name = self.identity.name
        return f"{name} <{self.identity.value}>" if name else self.identity.value


def parties_of(ticket: Ticket) -> list[Party]:
    """Everybody on the ticket who can be written to, the requester first."""
    rows = Participant.objects.filter(
        thread__messages__filings__ticket=ticket,
        thread__messages__filings__withdrawn_at=None,
        identity__erased_at=None,
        identity__kind=IdentityKind.EMAIL,
    ).select_related("identity")
    found: dict[int, Party] = {}
    asked = ticket.requester_identity
    if asked and asked.kind == IdentityKind.EMAIL and not asked.erased_at:
        found[asked.pk] = Party(identity=asked, role=ParticipantRole.REQUESTER, is_chosen=True)
    for row in rows.distinct().order_by("pk"):
        party = Party(identity=row.identity, role=row.role, is_chosen=False)
        found.setdefault(row.identity_id, party)
    return list(found.values())
