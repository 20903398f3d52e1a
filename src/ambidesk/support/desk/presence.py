"""Presence: who looks at a ticket and who answers it, until they leave or fall silent."""

from dataclasses import dataclass

from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.models import Ticket

SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A colleague at the same ticket."""

    user: int
    name: str
    doing: str


def announce(ticket: Ticket, *, doing: str, name: str, by: Actor) -> list[Present]:
    """Say what the actor does here and hear who else is; only news is signalled."""
    place = f"ticket:{ticket.pk}"
    here = ephemeral.present(place)
    me = by.user_id or 0
    before = here.get(me, {}).get("doing")
    ephemeral.enter(place, me, doing={"doing": doing, "name": name}, seconds=SECONDS)
    if before != doing:
        signal(f"{place}:presence")
    return [
        Present(user=user, name=str(facts.get("name", "")), doing=str(facts.get("doing", "")))
        for user, facts in here.items()
        if user != me
    ]
