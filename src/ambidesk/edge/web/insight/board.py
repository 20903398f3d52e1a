"""The live board: a few big figures that are read across a room."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.across.insight.recounting import TOPIC
from ambidesk.across.insight.standing import Standing, stand
from ambidesk.edge.web.insight.saying import NONE, percent
from ambidesk.edge.web.ui.durations import in_words
from ambidesk.edge.web.ui.requests import Request

# Who waits longer than this is waited for.
LATE_SECONDS, VERY_LATE_SECONDS = 15 * 60, 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """One team on the board."""

    name: str
    waiting: int
    oldest: str
    alarm: str
    attending: int
    load: int
    capacity: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """The board; `alarm` is the meaning of the oldest wait: none, waiting or breached."""

    standing: Standing
    oldest: str
    alarm: str
    csat: str
    teams: tuple[TeamLine, ...]
    topics: str
    address: str


def show(request: Request) -> HttpResponse:
    """Show the board."""
    return render(request, "board.html", {"page": _page(request)})


def refresh(request: Request) -> HttpResponse:
    """Show what changes on it."""
    return render(request, "board.html#now", {"page": _page(request)})


def _page(request: Request) -> BoardPage:
    standing = stand(request.actor, at=request.at)
    return BoardPage(
        standing=standing,
        oldest=_since(standing.oldest_at, request.at),
        alarm=_alarm(standing.oldest_at, request.at),
        csat=NONE if standing.csat is None else percent(standing.csat),
        teams=tuple(
            TeamLine(
                name=team.name,
                waiting=team.waiting,
                oldest=_since(team.oldest_at, request.at),
                alarm=_alarm(team.oldest_at, request.at),
                attending=team.attending,
                load=team.load,
                capacity=team.capacity,
                share=min(100, round(100 * team.load / team.capacity)) if team.capacity else 0,
            )
            for team in standing.teams
        ),
        topics=TOPIC,
        address=reverse("board-now"),
    )


def _since(since: datetime | None, at: datetime) -> str:
    return NONE if since is None else in_words((at - since).total_seconds())


def _alarm(since: datetime | None, at: datetime) -> str:
    if since is None:
        return ""
    waited = (at - since).total_seconds()
    if waited >= VERY_LATE_SECONDS:
        return "breached"
    return "waiting" if waited >= LATE_SECONDS else ""
