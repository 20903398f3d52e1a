"""
Events: what happened, for those who cannot be called: asked for again and again, each told once.

Read from the journal behind its horizon, before which nothing can appear any more: whatever order
transactions commit in, no event is passed over.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, Literal

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import NoSuchPlace, cursor, place_in
from ambidesk.edge.api.reaching import NoSuchThing
from ambidesk.edge.api.schemas import Input, Instant, Output
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import BEGINNING, Entry, Origin, Position
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.people.models import Person
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight
from ambidesk.support.webhooks import kinds
from ambidesk.support.webhooks.telling import data_of

NOUN = "Webhooks"
OF: Final = "events"
# So many entries of the journal one answer looks at; of those that the key may hear it gives
# as many as were asked for, and the cursor stands behind the last one that was looked at.
LOOKED_AT: Final = 500


class Asking(Input):
    """From where on, and of what."""

    after: str = Field("", max_length=500, description="The `next` of the answer before")
    begin: Literal["now", "earliest"] = Field(
        "now",
        description="Where to begin without `after`: with what happens from now on, or before",
    )
    kinds: str = Field(
        "",
        max_length=2000,
        pattern=r"^[a-z_.,]*$",
        description="Only these, with commas between them; see /event-kinds",
    )
    limit: int = Field(100, ge=1, le=500)


class EventOut(Output):
    """One thing that happened: ids, enums and numbers, as webhooks tell it; never a text."""

    id: str = Field(description="The same however often it is read")
    kind: str
    at: Instant
    data: dict[str, Any] = Field(description="With `subject` and `actor`, each a kind and an id")


class EventsOut(Output):
    """What happened, in its order; keep `next` also where there is nothing."""

    items: list[EventOut]
    next: str = Field(description="Send it as `after`; it never ends and never expires")
    has_more: bool = Field(description="Ask again at once; otherwise wait a while")


class EventKindsOut(Output):
    """What can be heard of with this key."""

    items: list[str]


@operation("GET", "event-kinds", right=None, name="listEventKinds", gives=EventKindsOut)
def show_kinds(request: Call) -> dict[str, Any]:
    """
    List the kinds of events that this key hears of

    Those of tickets need a scope that reads tickets, those of persons one that reads persons.
    """
    return {"items": sorted(_heard(request.actor))}


@operation("GET", "events", right=None, name="listEvents", gives=EventsOut)
def show(request: Call, asked: Query[Asking]) -> dict[str, Any]:
    """
    Read what happened since

    For programs that cannot be called by webhooks: ask, keep `next`, ask again with it. Nothing is
    told that the key does not reach when it asks; what is read twice has the same id.
    """
    place = _place(asked)
    entries = journal.read_after(place, limit=LOOKED_AT + 1)
    has_more, entries = len(entries) > LOOKED_AT, entries[:LOOKED_AT]
    heard = _told(request.actor, entries, only=_named(asked.kinds))
    if len(heard) > asked.limit:
        has_more, heard = True, heard[: asked.limit]
        place = heard[-1].position
    elif entries:
        place = entries[-1].position
    return {
        "items": [_event(each) for each in heard],
        "next": cursor(OF, [place.epoch, place.xid, place.sequence]),
        "has_more": has_more,
    }


def _place(asked: Asking) -> Position:
    if asked.after:
        place = place_in(OF, asked.after)
        if len(place) != 3:
            raise NoSuchPlace(field="after")
        return Position(*place)
    return BEGINNING if asked.begin == "earliest" else journal.horizon()


def _named(given: str) -> frozenset[str] | None:
    """The kinds that are asked for; None is all of them."""
    wanted = frozenset(filter(None, given.split(",")))
    if wanted - kinds.offered().keys():
        raise NoSuchThing(field="query.kinds", name="kinds")
    return wanted or None


def _heard(actor: Actor) -> list[str]:
    """The kinds that a key of these scopes may hear of at all."""
    subjects = {subject for subject, (right, _of) in SUBJECTS.items() if actor.may(right)}
    classes = ((kind, journal.event_class(kind)) for kind in kinds.offered())
    return [kind for kind, known in classes if known and known.subject[0] in subjects]


def _told(
    actor: Actor, entries: Sequence[Entry], *, only: frozenset[str] | None
) -> Sequence[Entry]:
    """Those of the entries that are told outside, wanted, and about what the actor reaches."""
    offered = set(_heard(actor)) & (only if only is not None else kinds.offered().keys())
    wanted = [each for each in entries if each.kind in offered and each.origin == Origin.LIVE]
    subjects: dict[str, set[int]] = {}
    for each in wanted:
        subjects.setdefault(each.subject_kind, set()).add(each.subject_id)
    seen = {kind: _reached(actor, kind, ids) for kind, ids in subjects.items()}
    return [each for each in wanted if each.subject_id in seen[each.subject_kind]]


def _reached(actor: Actor, kind: str, ids: Collection[int]) -> Collection[int]:
    # Also what is gone since: whoever hears of everything hears that it went.
    if actor.may(ReachRight.SEE_EVERYTHING):
        return ids
    _right, reached = SUBJECTS[kind]
    return set(reached(actor, ids))


def _tickets(actor: Actor, ids: Collection[int]) -> QuerySet[Any, int]:
    return Ticket.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)


def _people(actor: Actor, ids: Collection[int]) -> QuerySet[Any, int]:
    return Person.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)


def _promised(actor: Actor, ids: Collection[int]) -> QuerySet[Any, int]:
    rows = Ticket.objects.visible_to(actor).filter(promise__in=ids)
    return rows.values_list("promise_id", flat=True)


Reached = Callable[[Actor, Collection[int]], "QuerySet[Any, int]"]
# What a scope has to read for it, and which of its ids a key reaches.
SUBJECTS: Mapping[str, tuple[str, Reached]] = {
    "ticket": (TicketRight.SEE, _tickets),
    "promise": (TicketRight.SEE, _promised),
    "person": (PeopleRight.SEE, _people),
}


def _event(entry: Entry) -> dict[str, Any]:
    place = entry.position
    name = f"{place.epoch}-{place.xid}-{place.sequence}"
    return {"id": name, "kind": entry.kind, "at": entry.at, "data": data_of(entry)}
