"""Who sees which tickets, and what hangs on them: staff by the brands that their teams serve."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.branches import Sight
from ambidesk.ground.reach.remembering import remembered
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.people.models import Person
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.support.tickets.models import Filing, Ticket
from ambidesk.support.tickets.rights import TicketRight


def tickets_of_served_brands(actor: Actor) -> Q | Sight:
    """Staff see the tickets of the brands that their teams serve; some see all."""
    if actor.is_trusted:
        return Sight.EVERYTHING
    if not actor.may(TicketRight.SEE):
        return Sight.NOTHING
    if actor.may(ReachRight.SEE_EVERYTHING):
        return Sight.EVERYTHING
    return Q(brand__in=served_brands(actor))


def messages_of_visible_tickets(actor: Actor) -> Q | Sight:
    """Whoever sees a ticket sees the messages filed on it."""
    if tickets_of_served_brands(actor) is Sight.NOTHING:
        return Sight.NOTHING
    filed = Filing.objects.filter(message=OuterRef("pk"), withdrawn_at=None)
    return Q(Exists(filed.filter(ticket__in=Ticket.objects.visible_to(actor))))


def attachments_of_visible_tickets(actor: Actor) -> Q | Sight:
    """Whoever sees a message sees its files."""
    if tickets_of_served_brands(actor) is Sight.NOTHING:
        return Sight.NOTHING
    filed = Filing.objects.filter(message=OuterRef("message"), withdrawn_at=None)
    return Q(Exists(filed.filter(ticket__in=Ticket.objects.visible_to(actor))))


def note_files_of_visible_tickets(actor: Actor) -> Q | Sight:
    """Staff who see a ticket see the files of its notes; clients see no notes."""
    if actor.kind is ActorKind.CONTACT or tickets_of_served_brands(actor) is Sight.NOTHING:
        return Sight.NOTHING
    return Q(note__ticket__in=Ticket.objects.visible_to(actor))


def persons_of_visible_tickets(actor: Actor) -> Q | Sight:
    """Whoever sees persons sees those whose tickets they see."""
    if not actor.may(PeopleRight.SEE):
        return Sight.NOTHING
    if tickets_of_served_brands(actor) is Sight.EVERYTHING:
        return Sight.EVERYTHING
    return Q(Exists(Ticket.objects.visible_to(actor).filter(requester=OuterRef("pk"))))


def identities_of_visible_persons(actor: Actor) -> Q | Sight:
    """Whoever sees a person sees their addresses."""
    answer = persons_of_visible_tickets(actor)
    return answer if isinstance(answer, Sight) else Q(person__in=Person.objects.visible_to(actor))


def reach_of(actor: Actor) -> Hashable:
    """Say what the branches above are made from: equal for two actors, they see the same."""
    answer = tickets_of_served_brands(actor)
    brands = tuple(served_brands(actor)) if isinstance(answer, Q) else answer
    return actor.kind, actor.rights, brands


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """
    Where a member of staff belongs: ids of themselves, their teams, the brands these serve.

    `every_brand` are those there are, for whoever sees everything.
    """

    members: tuple[int, ...] = ()
    teams: tuple[int, ...] = ()
    brands: tuple[int, ...] = ()
    every_brand: tuple[int, ...] = ()


# Of a team that was archived nobody is a member any more.
PLACES = """
    WITH me AS (SELECT id FROM staff_member WHERE user_id = %s),
         mine AS (SELECT DISTINCT team.id FROM staff_team team
                    JOIN staff_membership held ON held.team_id = team.id
                   WHERE held.member_id IN (SELECT id FROM me) AND team.archived_at IS NULL)
    SELECT ARRAY(SELECT id FROM me ORDER BY 1),
           ARRAY(SELECT id FROM mine ORDER BY 1),
           ARRAY(SELECT DISTINCT served.brand_id FROM staff_team_brands served
                  WHERE served.team_id IN (SELECT id FROM mine) ORDER BY 1),
           ARRAY(SELECT id FROM brands_brand ORDER BY 1)
"""


def watched_brands(actor: Actor) -> tuple[int, ...]:
    """Ids of the brands whose tickets the actor may hear of."""
    places = places_of(actor)
    return places.every_brand if actor.may(ReachRight.SEE_EVERYTHING) else places.brands


def served_brands(actor: Actor) -> list[int]:
    """Ids of the brands that the teams of the actor serve."""
    return list(places_of(actor).brands)


def places_of(actor: Actor) -> Places:
    """Say where the actor belongs; whoever is no user belongs nowhere, a key to its brands."""
    user = actor.user_id
    is_key = actor.kind is ActorKind.API_KEY
    if user is None and is_key and not actor.may(ReachRight.SEE_EVERYTHING):
        return Places(brands=tuple(sorted(actor.brands)))
    places = remembered(("places", user), lambda: _places(user or 0))
    if is_key:
        return replace(places, brands=tuple(sorted(actor.brands)))
    return places if user else Places()


def _places(user: int) -> Places:
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [user])
        members, teams, brands, every = map(tuple, cursor.fetchone())
    return Places(members=members, teams=teams, brands=brands, every_brand=every)
