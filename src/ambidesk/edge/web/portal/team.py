"""My team at the provider: who answers for my company, and who has my requests now."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from ambidesk.edge.web.ui.downloads import shown_photo
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.parties.staff.models import Member
from ambidesk.parties.stewards.serving import Served, teams_of
from ambidesk.support.tickets.models import Ticket

MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """A member of staff as clients see them."""

    name: str
    post: str


def show(request: Request) -> HttpResponse:
    """Show who looks after the companies, and whoever has an open request that the contact sees."""
    served = teams_of(request.actor.companies, on=day_of(request.at), by=request.actor)
    page = {"served": served, "helpers": _helpers(request, served)}
    return render(request, "portal/team.html", page)


def photo(request: Request, member: int) -> HttpResponseBase:
    """Show the photo of somebody who looks after the contact's own company now."""
    served = teams_of(request.actor.companies, on=day_of(request.at), by=request.actor)
    if member not in {each.member_id for each in served}:
        raise Http404
    return shown_photo(member)


def _helpers(request: Request, served: tuple[Served, ...]) -> list[Helper]:
    seen = Ticket.objects.visible_to(request.actor).active().exclude(assignee=None)
    rows = Member.objects.filter(pk__in=seen.order_by().values("assignee"), user__is_active=True)
    others = rows.exclude(pk__in=[each.member_id for each in served])
    return [
        Helper(name=row.name, post=row.post)
        for row in others.select_related("user").order_by("user__name")[:MOST]
    ]
