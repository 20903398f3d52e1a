"""Saved reports: those of one's own and of one's teams; saving and dropping them."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse

from ambidesk.across.insight.models import SavedReport
from ambidesk.across.insight.saving import LONGEST, drop_report, save_report
from ambidesk.edge.web.insight.asking import SPANS, Asked
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Team
from ambidesk.support.tickets.reach import places_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One report that was saved; `team` where a colleague shares it."""

    id: int
    name: str
    team: str
    url: str
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What the form to save a report offers."""

    asked: str
    teams: tuple[Team, ...]


def saved_of(actor: Actor, *, url: str) -> tuple[Saved, ...]:
    """List what the actor has."""
    rows = SavedReport.objects.visible_to(actor).select_related("team")
    return tuple(
        Saved(
            id=row.pk,
            name=row.name,
            team=row.team.name if row.team else "",
            url=f"{url}?{row.asked}",
            is_own=row.owner_id == actor.user_id,
        )
        for row in rows
    )


def sharing_of(asked: Asked, actor: Actor, *, at: datetime) -> Sharing:
    """What would be saved; days that end today go on with the days."""
    question = asked.question
    changes: dict[str, object] = {"report": None}
    if question.until > day_of(at) and question.days in SPANS:
        changes |= {"from": None, "to": None, "days": question.days}
    teams = Team.objects.filter(pk__in=places_of(actor).teams).order_by("name")
    return Sharing(asked=asked.address(**changes), teams=tuple(teams))


def save(request: Request) -> HttpResponse:
    """Save a report and show it."""
    given = request.POST
    # Only what an address can be made of: it becomes one again.
    asked = urlencode(parse_qsl(given.get("asked", "")[:LONGEST], keep_blank_values=False))
    number = given.get("team", "")
    teams = Team.objects.filter(pk__in=places_of(request.actor).teams)
    team = teams.filter(pk=int(number[:17])).first() if number.isdecimal() else None
    row = save_report(given.get("name", ""), asked, team=team, by=request.actor, at=request.at)
    return _to(row.asked)


def drop(request: Request, report: int) -> HttpResponse:
    """Drop one."""
    row = SavedReport.objects.visible_to(request.actor).filter(pk=report).first()
    if row is None:
        raise Http404
    drop_report(row, by=request.actor, at=request.at)
    return _to(row.asked)


def _to(asked: str) -> HttpResponse:
    answer = HttpResponse(status=303)
    answer["Location"] = f"{reverse('report')}?{asked}"
    return answer
