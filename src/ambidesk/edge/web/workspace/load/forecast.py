"""The forecast: arrivals and operators needed by hour, a weekday at a time."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import dates
from django.utils.timezone import get_current_timezone, localtime

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.load.teams import teams_of
from ambidesk.parties.staff.models import Team
from ambidesk.support.routing.foreseeing import Foresight, foresee
from ambidesk.support.routing.models import Mode, Queue

# The picture is drawn on a grid of this size and scales with its place.
BAR, GAP, HEIGHT = 30, 8, 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One hour: how much comes, how many are needed, and where it stands in the picture."""

    hour: int
    arrivals: float
    operators: int
    x: int
    y: int
    height: int
    is_peak: bool

    @property
    def middle(self) -> int:
        """Where its label stands."""
        return self.x + BAR // 2

    @property
    def above(self) -> int:
        """Where the number over it stands."""
        return self.y - 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastPage:
    """A weekday of a team."""

    team: Team | None
    teams: tuple[Team, ...]
    weekday: int
    weekdays: tuple[tuple[int, str], ...]
    bars: tuple[Bar, ...]
    foresight: Foresight | None

    @property
    def width(self) -> int:
        """How wide the picture is on its grid."""
        return len(self.bars) * (BAR + GAP) + GAP

    @property
    def peak(self) -> Bar | None:
        """The hour that needs the most."""
        return max(self.bars, key=lambda bar: (bar.operators, bar.arrivals), default=None)

    @property
    def target(self) -> int:
        """The promised share in per cent."""
        return round(self.foresight.aim.share * 100) if self.foresight else 0


def show(request: Request) -> HttpResponse:
    """Show what comes on a weekday, today's unless another one is asked for."""
    queued = set(Queue.objects.exclude(mode=Mode.OFF).values_list("pk", flat=True))
    teams = tuple(team for team in teams_of(request.actor) if team.pk in queued)
    team = _chosen(teams, request.GET.get("team", ""))
    asked = request.GET.get("weekday", "")
    weekday = int(asked) if asked in set("0123456") else localtime(request.at).weekday()
    foresight = foresee(team, zone=get_current_timezone(), at=request.at) if team else None
    page = ForecastPage(
        team=team,
        teams=teams,
        weekday=weekday,
        weekdays=tuple((number, str(name)) for number, name in dates.WEEKDAYS.items()),
        bars=_bars(foresight, weekday) if foresight and not foresight.is_blind else (),
        foresight=foresight,
    )
    return render(request, "load/forecast.html", {"page": page})


def _chosen(teams: tuple[Team, ...], given: str) -> Team | None:
    if not given:
        return teams[0] if teams else None
    found = next((team for team in teams if str(team.pk) == given), None)
    if found is None:
        raise Http404
    return found


def _bars(foresight: Foresight, weekday: int) -> tuple[Bar, ...]:
    hours = foresight.week[weekday]
    most = max((each.arrivals for each in hours), default=0.0) or 1.0
    needed = max((each.operators for each in hours), default=0)
    bars = []
    for hour, each in enumerate(hours):
        height = round(each.arrivals / most * HEIGHT)
        bars.append(
            Bar(
                hour=hour,
                arrivals=each.arrivals,
                operators=each.operators,
                x=GAP + hour * (BAR + GAP),
                y=HEIGHT + 20 - height,
                height=height,
                is_peak=each.operators == needed and needed > 0,
            )
        )
    return tuple(bars)
