"""Parties: who can be answered on a ticket; a copied address only once somebody accepts it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.conversations.models import (
    Channel,
    Message,
    Participant,
    ParticipantRole,
)
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.ways import kind_of

# Whom an answer can reach; a phone number is called.
REACHED = (IdentityKind.EMAIL, IdentityKind.MESSENGER, IdentityKind.VISITOR)
# The kind of channel stands before the colon of a messenger's identity.
SPLIT = Func(F("value"), Value(":"), Value(1), function="split_part", output_field=CharField())


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

    Further addresses of the requester count once they are verified and the brand has a way there.
    """
    rows = list(_reached_on(ticket))
    theirs = [row for row in rows if row.person_id == ticket.requester_id]
    others = [row for row in rows if row.person_id != ticket.requester_id]
    theirs.sort(key=lambda row: (*_latest(row), row.pk != ticket.requester_identity_id))
    others.sort(key=lambda row: _beside(row, "entered"))
    asked = [
        Party(identity=row, role=ParticipantRole.REQUESTER, is_chosen=not number)
        for number, row in enumerate(theirs)
    ]
    return asked + [Party(identity=row, role=vars(row)["role"], is_chosen=False) for row in others]


def _reached_on(ticket: Ticket) -> QuerySet[Identity]:
    """All of them in one question."""
    taking_part = Participant.objects.filter(
        thread__messages__filings__ticket=ticket,
        thread__messages__filings__withdrawn_at=None,
    )
    entered = taking_part.filter(identity=OuterRef("pk")).order_by("pk")
    spoken = Message.objects.filter(
        filings__ticket=ticket, filings__withdrawn_at=None, sender=OuterRef("pk")
    ).order_by("-pk")
    asked = taking_part.filter(identity=OuterRef("pk"), role=ParticipantRole.REQUESTER)
    asked = asked.order_by("-since")
    named = _further(ticket).order_by().union(taking_part.order_by().values("identity"))
    reached = Identity.objects.filter(pk__in=named, kind__in=REACHED, erased_at=None)
    return reached.annotate(
        role=Subquery(entered.values("role")[:1]),
        entered=Subquery(entered.values("pk")[:1]),
        spoken=Subquery(spoken.values("pk")[:1]),
        spoken_at=Subquery(spoken.values("recorded_at")[:1]),
        asked_at=Subquery(asked.values("since")[:1]),
    )


def _further(ticket: Ticket) -> "QuerySet[Any, Any]":
    """The requester's own address, and their verified ones that a channel of the brand reaches."""
    used = Channel.objects.filter(brand=ticket.brand_id, enabled=True, kind=OuterRef("channel"))
    channel = Case(
        When(kind=IdentityKind.MESSENGER, then=SPLIT),
        When(kind=IdentityKind.VISITOR, then=Value("widget")),
        default=F("kind"),
    )
    verified = Q(verified_at__isnull=False, shared=False) & Q(Exists(used))
    rows = Identity.objects.filter(person=ticket.requester_id).alias(channel=channel)
    return rows.filter(Q(pk=ticket.requester_identity_id or 0) | verified).values("pk")


def _latest(row: Identity) -> tuple[float, int]:
    moments = (vars(row)["spoken_at"], vars(row)["asked_at"])
    latest = max((each.timestamp() for each in moments if each), default=0.0)
    return -latest, -_beside(row, "spoken")


def _beside(row: Identity, name: str) -> int:
    return int(vars(row)[name] or 0)
