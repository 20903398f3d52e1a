"""Parties: who can be answered on a ticket; a copied address only once somebody accepts it."""

from collections.abc import Iterable
from dataclasses import dataclass

from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.conversations.models import ParticipantRole
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.ways import kind_of

# Whom an answer can reach; a phone number is called.
REACHED = (IdentityKind.EMAIL, IdentityKind.MESSENGER, IdentityKind.VISITOR)
# Handwritten, for the messages of a ticket are looked at once and not for each address again. The
# kind of channel stands before the colon of a messenger's identity.
REACHED_ON = """
    WITH one AS MATERIALIZED (
        SELECT each.id FROM people_person AS each JOIN people_person AS asked USING (whole)
         WHERE asked.id = %(person)s
    ), filed AS MATERIALIZED (
        SELECT message.id, message.thread_id, message.sender_id, message.recorded_at
          FROM tickets_filing AS filing
          JOIN conversations_message AS message ON message.id = filing.message_id
         WHERE filing.ticket_id = %(ticket)s AND filing.withdrawn_at IS NULL
    ), part AS MATERIALIZED (
        SELECT id, identity_id, role, since FROM conversations_participant
         WHERE thread_id = ANY (ARRAY(SELECT DISTINCT thread_id FROM filed))
    ), named AS (
        SELECT identity_id AS id FROM part
        UNION
        SELECT further.id FROM people_identity AS further
         WHERE further.person_id = ANY (ARRAY(SELECT id FROM one)) AND (
               further.id = %(asked_by)s
            OR further.verified_at IS NOT NULL AND NOT further.shared AND EXISTS (
               SELECT FROM conversations_channel AS channel
                WHERE channel.brand_id = %(brand)s AND channel.enabled AND channel.kind =
                      CASE further.kind WHEN 'messenger' THEN split_part(further.value, ':', 1)
                                        WHEN 'visitor' THEN 'widget' ELSE further.kind END))
    )
    SELECT identity.*, identity.person_id = ANY (ARRAY(SELECT id FROM one)) AS is_theirs,
           entered.role, entered.id AS entered, spoken.id AS spoken,
           spoken.recorded_at AS spoken_at,
           (SELECT max(since) FROM part
             WHERE identity_id = identity.id AND role = 'requester') AS asked_at
      FROM named JOIN people_identity AS identity USING (id)
      LEFT JOIN LATERAL (SELECT id, role FROM part WHERE identity_id = identity.id
                          ORDER BY id LIMIT 1) AS entered ON true
      LEFT JOIN LATERAL (SELECT id, recorded_at FROM filed WHERE sender_id = identity.id
                          ORDER BY id DESC LIMIT 1) AS spoken ON true
     WHERE identity.kind = ANY (%(reached)s) AND identity.erased_at IS NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who can be answered; the requester is chosen to begin with."""

    identity: Identity
    role: str
    is_chosen: bool

    @property
    def is_accepted(self) -> bool:
        """They may be answered; somebody in copy must be accepted first."""
        return self.role != ParticipantRole.COPIED

    @property
    def name(self) -> str:
        """The name where there is one."""
        return self.identity.name or self.identity.display or self.identity.value

    @property
    def way(self) -> str:
        """The kind of channel that reaches them."""
        return kind_of(self.identity)

    @property
    def label(self) -> str:
        """Name and address, as far as known."""
        name = self.identity.name
        if self.identity.kind != IdentityKind.EMAIL:
            return self.name
        return f"{name} <{self.identity.value}>" if name else self.identity.value


def parties_of(ticket: Ticket) -> list[Party]:
    """
    Everybody on the ticket who can be written to, the requester first, where they spoke last.

    Where they asked to go on counts like a word of theirs.

    Further addresses of the requester, and of whoever is one with them, count once they are
    verified and the brand has a way there.
    """
    rows = list(_reached_on(ticket))
    theirs = [row for row in rows if vars(row)["is_theirs"]]
    others = [row for row in rows if not vars(row)["is_theirs"]]
    theirs.sort(key=lambda row: (*_latest(row), row.pk != ticket.requester_identity_id))
    others.sort(key=lambda row: _beside(row, "entered"))
    asked = [
        Party(identity=row, role=ParticipantRole.REQUESTER, is_chosen=not number)
        for number, row in enumerate(theirs)
    ]
    return asked + [Party(identity=row, role=vars(row)["role"], is_chosen=False) for row in others]


def _reached_on(ticket: Ticket) -> Iterable[Identity]:
    """All of them in one question."""
    given = {
        "ticket": ticket.pk,
        "brand": ticket.brand_id,
        "person": ticket.requester_id,
        "asked_by": ticket.requester_identity_id,
        "reached": [kind.value for kind in REACHED],
    }
    return Identity.objects.raw(REACHED_ON, given)


def _latest(row: Identity) -> tuple[float, int]:
    moments = (vars(row)["spoken_at"], vars(row)["asked_at"])
    latest = max((each.timestamp() for each in moments if each), default=0.0)
    return -latest, -_beside(row, "spoken")


def _beside(row: Identity, name: str) -> int:
    return int(vars(row)[name] or 0)
