"""Who sees which tickets, and what hangs on them: staff by the brands that their teams serve."""

from dataclasses import dataclass

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.branches import Sight
from ambidesk.ground.reach.remembering import remembered
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.people.models import Person
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.parties.staff.models import Member
from ambidesk.support.tickets.models import Filing, Ticket
from ambidesk.support.tickets.rights import TicketRight


def tickets_of_served_brands(actor: Actor) -> Q | Sight:
    """Staff see the tickets of the brands that their teams serve; some see all."""
    if actor.kind is not ActorKind.USER:
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


def persons_of_visible_tickets(actor: Actor) -> Q | Sight:
    """Whoever sees persons sees those whose tickets they see."""
    if actor.kind is ActorKind.USER and not actor.may(PeopleRight.SEE):
        return Sight.NOTHING
    if tickets_of_served_brands(actor) is Sight.EVERYTHING:
        return Sight.EVERYTHING
    return Q(Exists(Ticket.objects.visible_to(actor).filter(requester=OuterRef("pk"))))


def identities_of_visible_persons(actor: Actor) -> Q | Sight:
    """Whoever sees a person sees their addresses."""
    answer = persons_of_visible_tickets(actor)
    return answer if isinstance(answer, Sight) else Q(person__in=Person.objects.visible_to(actor))


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a member of staff belongs: ids of themselves, their teams, the brands these serve."""

    members: tuple[int, ...] = ()
    teams: tuple[int, ...] = ()
    brands: tuple[int, ...] = ()


def served_brands(actor: Actor) -> list[int]:
    """Ids of the brands that the teams of the actor serve."""
    return list(places_of(actor).brands)


def places_of(actor: Actor) -> Places:
    """Say where the actor belongs; whoever is no user belongs nowhere."""
    user = actor.user_id
    return remembered(("places", user), lambda: _places(user)) if user else Places()


def _places(user: int) -> Places:
    living = FilteredRelation("teams", condition=Q(teams__archived_at=None))
    rows = Member.objects.filter(user=user).annotate(living=living)
    found = list(rows.values_list("pk", "living__pk", "living__brands"))
    return Places(
        members=tuple(sorted({member for member, _team, _brand in found})),
        teams=tuple(sorted({team for _member, team, _brand in found if team})),
        brands=tuple(sorted({brand for _member, _team, brand in found if brand})),
    )
