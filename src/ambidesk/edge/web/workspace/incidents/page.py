"""What the screens of incidents show."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.http import Http404

from ambidesk.edge.web.workspace.incidents.sentences import why_not
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.incidents.models import (
    Broadcast,
    BroadcastState,
    Incident,
    IncidentQuerySet,
    IncidentState,
    Told,
)
from ambidesk.support.incidents.proposing import shared_words
from ambidesk.support.incidents.rights import IncidentRight
from ambidesk.support.incidents.topic import TOPIC
from ambidesk.support.tickets.models import Ticket

SHOWN, PAST, SAID = 30, 30, 20
ORDER = (IncidentState.PROPOSED, IncidentState.OPEN, IncidentState.CLOSED, IncidentState.DISMISSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsPage:
    """The list: what has to be decided first, then what is open, then the past."""

    alive: tuple[Incident, ...]
    past: tuple[Incident, ...]
    topics: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A ticket that could not be told, and why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said to all: how many heard it, and who did not."""

    broadcast: Broadcast
    heard: int
    unheard: int
    untold: tuple[Untold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPage:
    """One incident with its tickets and what was told."""

    incident: Incident
    number: int
    words: tuple[str, ...]
    tickets: tuple[Ticket, ...]
    broadcasts: tuple[Said, ...]
    can_tell: bool
    topics: str
    at: datetime

    @property
    def more(self) -> int:
        """How many tickets are not shown."""
        return max(self.number - len(self.tickets), 0)

    @property
    def is_proposed(self) -> bool:
        """It has to be decided."""
        return self.incident.state == IncidentState.PROPOSED

    @property
    def is_open(self) -> bool:
        """It goes on."""
        return self.incident.state == IncidentState.OPEN

    @property
    def held(self) -> Broadcast | None:
        """What can still be taken back, wholly or from those who were not told yet."""
        said = (each.broadcast for each in self.broadcasts)
        return next((each for each in said if each.state == BroadcastState.WAITING), None)

    @property
    def said_so_far(self) -> str:
        """What changes when something is said or taken back: then what is typed begins anew."""
        newest = self.broadcasts[0].broadcast if self.broadcasts else None
        return f"{newest.pk}-{newest.state == BroadcastState.WITHDRAWN}" if newest else ""

    @property
    def taken_back(self) -> str:
        """What was taken back last: it is to be mended, not typed again."""
        newest = self.broadcasts[0].broadcast if self.broadcasts else None
        return newest.text if newest and newest.state == BroadcastState.WITHDRAWN else ""

    @property
    def is_being_said(self) -> bool:
        """Some may have read it already."""
        return self.held is not None and self.held.due_at <= self.at


def seen(actor: Actor) -> IncidentQuerySet:
    """Give the incidents that the actor sees, with how many tickets each has."""
    living = Count("joinings", filter=Q(joinings__left_at=None))
    return Incident.objects.visible_to(actor).select_related("brand").annotate(number=living)


def read_list(actor: Actor) -> IncidentsPage:
    """Read the list."""
    rows = seen(actor)
    alive = sorted(rows.alive(), key=lambda row: (ORDER.index(IncidentState(row.state)), -row.pk))
    over = rows.exclude(state__in=[IncidentState.PROPOSED, IncidentState.OPEN])
    past = tuple(over.order_by("-pk")[:PAST])
    return IncidentsPage(alive=tuple(alive), past=past, topics=TOPIC)


def read_one(actor: Actor, number: int, *, at: datetime) -> IncidentPage:
    """
    Read one incident.

    Raises:
        Http404: there is none, or the actor does not see it.
    """
    incident = seen(actor).filter(pk=number).first()
    if incident is None:
        raise Http404
    members = Ticket.objects.visible_to(actor).filter(
        joinings__incident=incident, joinings__left_at=None
    )
    shown = members.select_related("requester__head", "requester_identity", "assignee__user")
    return IncidentPage(
        incident=incident,
        number=members.count(),
        words=shared_words(incident),
        tickets=tuple(shown.order_by("-pk")[:SHOWN]),
        broadcasts=_said(actor, incident),
        can_tell=actor.may(IncidentRight.TELL),
        topics=TOPIC,
        at=at,
    )


def _said(actor: Actor, incident: Incident) -> tuple[Said, ...]:
    heard = Count("told", filter=Q(told__refusal=""))
    unheard = Count("told", filter=~Q(told__refusal=""))
    rows = incident.broadcasts.select_related("author").annotate(heard=heard, unheard=unheard)
    broadcasts = list(rows.order_by("-pk")[:SAID])
    untold: dict[int, list[Untold]] = defaultdict(list)
    refused = Told.objects.filter(broadcast__in=broadcasts).exclude(refusal="")
    seen = refused.filter(ticket__in=Ticket.objects.visible_to(actor)).select_related("ticket")
    for row in seen.order_by("-pk")[:SHOWN]:
        one = Untold(number=row.ticket.number, why=why_not(row.refusal))
        untold[row.broadcast_id].append(one)
    return tuple(
        Said(
            broadcast=each,
            heard=each.heard,
            unheard=each.unheard,
            untold=tuple(untold[each.pk]),
        )
        for each in broadcasts
    )
