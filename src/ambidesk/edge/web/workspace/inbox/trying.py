"""Trying out a condition before it is saved: how many tickets it holds for, and which."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ambidesk.ground.conditions.binding import bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.conditions.tree import counts
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.counting import Tally, count
from ambidesk.support.desk.viewing import View, read_list
from ambidesk.support.tickets.fields import TICKET_VOCABULARY, asker_of
from ambidesk.support.tickets.models import Ticket

SHOWN = 8
NONE = Tally(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a condition holds for; `problem` says why it makes no sense yet."""

    tally: Tally = NONE
    rows: tuple[Ticket, ...] = ()
    problem: str = ""


def try_out(condition: object, *, actor: Actor, at: datetime) -> Trial:
    """Count and list what a condition in JSON holds for."""
    try:
        tree = read(condition, TICKET_VOCABULARY)
    except Refusal as refused:
        return Trial(problem=str(refused))
    bound = bind(tree, TICKET_VOCABULARY, asker=asker_of(actor, at=at))

    def asks(moment: datetime) -> Q:
        return compiled(bound, at=moment)

    is_dear = next(counts(tree), None) is not None
    view = View(
        slug="trial", name="", icon="", asks=asks, same=None, is_open=False, is_dear=is_dear
    )
    tally = count([view], actor=actor, at=at)[view.slug]
    return Trial(tally=tally, rows=read_list(view, actor=actor, at=at, limit=SHOWN).rows)
