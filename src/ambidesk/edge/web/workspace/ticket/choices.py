"""What the properties of a ticket can be set to; read when somebody is about to set one."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.channels.contract.registry import talking
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.models import Priority, Ticket

MANY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The ticket and its choices."""

    ticket: Ticket
    colleagues: tuple[Member, ...]
    teams: tuple[Team, ...]
    categories: tuple[Category, ...]
    types: tuple[RequestType, ...]
    tags: tuple[Tag, ...]
    messengers: tuple[Channel, ...]

    @property
    def priorities(self) -> list[tuple[int, str]]:
        """The priorities there are."""
        return [(each.value, str(each.label)) for each in Priority]


def show(request: Request, number: int) -> HttpResponse:
    """Show the panel of choices."""
    choices = read_choices(visible_ticket(request.actor, number))
    return render(request, "ticket/choices.html", {"choices": choices})


def read_choices(ticket: Ticket) -> Choices:
    """Read what the ticket's properties can be set to."""
    teams = Team.objects.filter(brands=ticket.brand_id, archived_at=None)
    members = Member.objects.filter(memberships__team__in=teams, user__is_active=True)
    categories = Category.objects.filter(archived_at=None)
    messengers = Channel.objects.filter(brand=ticket.brand_id, kind__in=talking(), enabled=True)
    return Choices(
        ticket=ticket,
        colleagues=tuple(members.select_related("user").order_by("user__name").distinct()),
        teams=tuple(teams),
        categories=tuple(categories.filter(brand=None) | categories.filter(brand=ticket.brand_id)),
        types=RequestType.objects.filter(archived_at=None).in_words(),
        tags=tuple(Tag.objects.filter(archived_at=None)[:MANY]),
        messengers=tuple(messengers.order_by("name")),
    )
