"""
Asking: what a contact sees, by queries that are written once for all contacts of a kind.

Of a kind are those with the same scopes and rights, and as many companies and authorities.
Whoever speaks for a department is asked for anew: what there is below it is read to be written.
Nobody is asked for at an instant: a day that is made of it would be written, too, and never pass.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from ambidesk.ground.kernel.preparing import Value, prepared
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.authority.rules.scope import ScopeKind

# Makes a query out of who asks and of its slots; it depends on nothing else.
Making = Callable[[Actor, Mapping[str, Any]], "QuerySet[Any, Any]"]


def asked_by(actor: Actor, key: Hashable, *, make: Making, **values: Value) -> list[Any]:
    """Give the rows of a query that is made for an actor and values; the key tells what it is."""
    if actor.kind is not ActorKind.CONTACT or ScopeKind.DEPARTMENT in actor.scopes:
        return list(make(actor, values))
    own = _own(actor)
    kind = (actor.scopes, actor.rights, len(actor.companies), len(actor.authorities))
    return prepared(
        (key, kind), lambda slots: make(_standing_in(actor, slots), slots), **own, **values
    )


def _own(actor: Actor) -> dict[str, Value]:
    """What tells one contact of a kind from another, by the names of slots."""
    found: dict[str, Value] = {"actor": actor.id or 0, "user": actor.behalf or 0}
    found |= {f"company {place}": each for place, each in enumerate(actor.companies)}
    found |= {f"authority {place}": each for place, each in enumerate(actor.authorities)}
    return found


def _standing_in(actor: Actor, slots: Mapping[str, Any]) -> Actor:
    """The actor of whom a query is written: slots for whatever is theirs alone."""
    return replace(
        actor,
        id=slots["actor"],
        behalf=slots["user"],
        asked_at=None,
        companies=frozenset(slots[f"company {each}"] for each in range(len(actor.companies))),
        authorities=frozenset(slots[f"authority {each}"] for each in range(len(actor.authorities))),
        is_shared=False,
        speaking=None,
    )
