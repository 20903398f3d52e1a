"""The live load: teams side by side; somebody is moved from one to another by key or by hand."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.load.teams import teams_of
from ambidesk.edge.web.workspace.ticket.answer import telling
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.routing import attending, lending
from ambidesk.support.routing.models import Status
from ambidesk.support.routing.telling import topic_of
from ambidesk.support.routing.watching import Crew, crews_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """The teams that a lead sees."""

    crews: tuple[Crew, ...]
    statuses: tuple[Status, ...]

    @property
    def topics(self) -> str:
        """What the screen listens to."""
        return " ".join(topic_of(crew.team.pk) for crew in self.crews)

    @property
    def waiting(self) -> int:
        """How many wait in all."""
        return sum(crew.waiting for crew in self.crews)


def show(request: Request) -> HttpResponse:
    """Show the board; `?part=board` asks for it alone."""
    return _board(request, whole=request.GET.get("part") != "board")


def move(request: Request) -> HttpResponse:
    """Let somebody work for another team."""
    member, by, at = _member(request), request.actor, request.at
    source, target = _team(request, "source"), _team(request, "target")
    lending.move_operator(member, source=source, target=target, by=by, at=at)
    words = _("%(name)s works for “%(team)s” now") % {"name": member.name, "team": target.name}
    return _told(request, words)


def change(request: Request) -> HttpResponse:
    """Set status or capacity of somebody."""
    member, by, at = _member(request), request.actor, request.at
    if (status := request.POST.get("status", "")) in Status.values:
        attending.set_status(member, Status(status), by=by, at=at)
    capacity = request.POST.get("capacity", "")
    if capacity.isdecimal() and len(capacity) < 6:
        attending.set_capacity(member, int(capacity), by=by, at=at)
    return _told(request, _("Changed"))


def read_board(actor: Actor, *, at: datetime) -> BoardPage:
    """Read the board of the teams that the actor leads."""
    return BoardPage(crews=crews_of(teams_of(actor), at=at), statuses=tuple(Status))


def _board(request: Request, *, whole: bool) -> HttpResponse:
    page = read_board(request.actor, at=request.at)
    template = "load/board.html" if whole else "load/board.html#board"
    return render(request, template, {"page": page})


def _told(request: Request, words: str) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        response = HttpResponse(status=303)
        response["Location"] = request.path.rpartition("/")[0] + "/"
        return response
    return telling(_board(request, whole=False), {"toast": {"message": words, "kind": "done"}})


def _member(request: Request) -> Member:
    """Find somebody of the actor's own teams."""
    teams = teams_of(request.actor)
    given = request.POST.get("member", "")
    number = int(given) if given.isdecimal() and len(given) < 18 else 0
    rows = Member.objects.filter(teams__in=teams, user__is_active=True, pk=number)
    member = rows.select_related("user").distinct().first()
    if member is None:
        raise Http404
    return member


def _team(request: Request, name: str) -> Team:
    given = request.POST.get(name, "")
    found = next((team for team in teams_of(request.actor) if str(team.pk) == given), None)
    if found is None:
        raise Http404
    return found
