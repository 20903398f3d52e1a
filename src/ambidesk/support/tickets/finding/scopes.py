"""Scopes of search: the brands whose tickets an actor sees."""

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.branches import Sight
from ambidesk.support.tickets.reach import served_brands, tickets_of_served_brands


def brands_seen(actor: Actor) -> tuple[int, ...] | None:
    """Say whose tickets the actor sees, by brand; None is all."""
    match tickets_of_served_brands(actor):
        case Sight.EVERYTHING:
            return None
        case Sight.NOTHING:
            return ()
    return tuple(served_brands(actor))
