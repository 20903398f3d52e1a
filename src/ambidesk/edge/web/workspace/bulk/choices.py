"""What many tickets can be changed to; read when somebody is about to change them."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.choices import MANY
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Tag
from ambidesk.support.desk.macros.choosing import macros_for
from ambidesk.support.desk.models import Macro
from ambidesk.support.tickets.models import Priority, State
from ambidesk.support.tickets.reach import served_brands


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkChoices:
    """The choices."""

    colleagues: tuple[Member, ...]
    teams: tuple[Team, ...]
    tags: tuple[Tag, ...]
    macros: tuple[Macro, ...]

    @property
    def priorities(self) -> list[tuple[int, str]]:
        """The priorities there are."""
        return [(each.value, str(each.label)) for each in Priority]

    @property
    def states(self) -> list[tuple[str, str]]:
        """The states that a hand can set."""
        by_hand = (State.OPEN, State.WAITING_REQUESTER, State.WAITING_OTHER, State.ON_HOLD)
        return [
            *((each.value, str(each.label)) for each in by_hand),
            ("solved", str(State.SOLVED.label)),
            ("closed", str(State.CLOSED.label)),
            ("reopened", _("Open again")),
        ]


def show(request: Request) -> HttpResponse:
    """Show the panel of choices."""
    members = Member.objects.filter(user__is_active=True).select_related("user")
    brands = served_brands(request.actor)
    choices = BulkChoices(
        colleagues=tuple(members.order_by("user__name", "pk")[:MANY]),
        teams=tuple(Team.objects.filter(archived_at=None)),
        tags=tuple(Tag.objects.filter(archived_at=None)[:MANY]),
        macros=tuple(macros_for(brands, by=request.actor)[:MANY]),
    )
    return render(request, "bulk/choices.html", {"choices": choices})
