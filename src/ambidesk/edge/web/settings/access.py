"""Access of a colleague: the link by which they choose a password, shown once."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.staff import admitting
from ambidesk.parties.staff.models import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    """A link for one colleague."""

    section: str
    sections: tuple[Section, ...]
    name: str
    url: str
    until: datetime
    back: str


def link(request: Request, pk: int) -> HttpResponse:
    """Make a new link; older ones become worthless."""
    return show_link(request, _member(pk))


def drop_factors(request: Request, pk: int) -> HttpResponse:
    """Forget the lost phone or key, and make a link for a new start."""
    member = _member(pk)
    admitting.drop_factors(member, by=request.actor, at=request.at)
    return show_link(request, member)


def show_link(request: Request, member: Member) -> HttpResponse:
    """Make the link and show it: it is kept nowhere."""
    token = admitting.give_link(member, by=request.actor, at=request.at)
    page = LinkPage(
        section="staff",
        sections=sections(request.actor),
        name=member.name,
        url=f"{settings.BASE_URL}{reverse('access', args=[token])}",
        until=request.at + admitting.VALID_FOR,
        back=pages.list_url("staff"),
    )
    answer = render(request, "link.html", {"page": page})
    answer["Cache-Control"] = "no-store"
    return answer


def _member(pk: int) -> Member:
    found = Member.objects.select_related("user").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
