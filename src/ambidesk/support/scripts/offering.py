"""Offering scripts: those that fit a ticket's brand and the actor's teams, the proposed first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from ambidesk.ground.conditions.binding import bind
from ambidesk.ground.conditions.evaluating import holds
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.scripts.models import Run, Script
from ambidesk.support.scripts.rights import ScriptRight
from ambidesk.support.tickets.fields import TICKET_VOCABULARY, asker_of
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.reach import places_of

MOST_PROPOSED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A script that can be begun; `is_proposed` when its own condition holds for the ticket."""

    script: Script
    is_proposed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A script that proposes itself for a ticket."""

    script_id: int
    name: str


def scripts_for(ticket: Ticket, *, by: Actor) -> QuerySet[Script]:
    """The published scripts that the actor may begin on a ticket."""
    if not by.may(ScriptRight.RUN):
        return Script.objects.none()
    teams = Q(team=None) | Q(team__in=places_of(by).teams)
    brands = Q(brand=None) | Q(brand=ticket.brand_id)
    rows = Script.objects.filter(teams, brands, archived_at=None, published__isnull=False)
    return rows.order_by("name")


def offers_for(ticket: Ticket, *, by: Actor, at: datetime) -> list[Offer]:
    """The scripts for a ticket, those first that propose themselves."""
    offers = [
        Offer(script=row, is_proposed=fits(row.proposed_when, ticket, by=by, at=at))
        for row in scripts_for(ticket, by=by)
    ]
    return sorted(offers, key=lambda each: not each.is_proposed)


def proposable_beside() -> ArraySubquery:
    """The scripts with a condition of their own, read with the ticket; none that it has had."""
    begun = Run.objects.filter(ticket=OuterRef(OuterRef("pk"))).values("version__script")
    brands = Q(brand=None) | Q(brand=OuterRef("brand"))
    rows = Script.objects.filter(brands, archived_at=None, published__isnull=False)
    rows = rows.exclude(proposed_when=None).exclude(pk__in=begun).order_by("name")
    return ArraySubquery(
        rows.values(row=JSONObject(id="pk", name="name", team="team_id", when="proposed_when"))
    )


def proposed_among(
    rows: Iterable[Mapping[str, Any]], ticket: Ticket, *, by: Actor, at: datetime
) -> tuple[Proposal, ...]:
    """Of the scripts read beside a ticket, those that propose themselves to the actor."""
    if not by.may(ScriptRight.RUN):
        return ()
    fitting = (
        Proposal(script_id=row["id"], name=row["name"])
        for row in rows
        if (row["team"] is None or row["team"] in places_of(by).teams)
        and fits(row["when"], ticket, by=by, at=at)
    )
    return tuple(fitting)[:MOST_PROPOSED]


def fits(proposed_when: object, ticket: Ticket, *, by: Actor, at: datetime) -> bool:
    """Tell whether the condition under which a script proposes itself holds for a ticket."""
    if not proposed_when:
        return False
    try:
        condition = read(proposed_when, TICKET_VOCABULARY)
    except Refusal:
        # What it asked for is gone: it proposes itself nowhere until somebody mends it.
        return False
    bound = bind(condition, TICKET_VOCABULARY, asker=asker_of(by, at=at))
    return holds(bound, ticket, at=at)
