"""The context card: who this is, how to reach them, what else they asked."""

from dataclasses import dataclass

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Identity, Person
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.support.tickets.models import Link, Regrouping, Ticket

OTHERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A ticket linked to this one, with what undoes the link."""

    ticket: Ticket
    label: str
    link_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What matters about the requester of a ticket; empty sections are absent."""

    person: Person
    identities: tuple[Identity, ...]
    others: tuple[Ticket, ...]
    links: tuple[Related, ...]
    regroupings: tuple[Regrouping, ...]
    can_describe: bool
    can_erase: bool


def read_card(ticket: Ticket, actor: Actor) -> Card:
    """Read the card of a ticket's requester, cut to what the actor sees."""
    others = Ticket.objects.visible_to(actor).filter(requester=ticket.requester_id)
    links = Link.objects.filter(undone_at=None).select_related("source", "target")
    mine = [*links.filter(source=ticket), *links.filter(target=ticket)]
    regroupings = Regrouping.objects.filter(undone_at=None).select_related("source", "target")
    return Card(
        person=ticket.requester,
        identities=tuple(ticket.requester.identities.filter(erased_at=None)),
        others=tuple(others.exclude(pk=ticket.pk).latest_first()[:OTHERS]),
        links=tuple(_related(link, ticket) for link in mine),
        regroupings=tuple(
            (regroupings.filter(source=ticket) | regroupings.filter(target=ticket)).order_by("pk")
        ),
        can_describe=actor.may(PeopleRight.DESCRIBE),
        can_erase=actor.may(PeopleRight.ERASE),
    )


def _related(link: Link, ticket: Ticket) -> Related:
    other = link.target if link.source_id == ticket.pk else link.source
    return Related(ticket=other, label=link.get_kind_display(), link_id=link.pk)
