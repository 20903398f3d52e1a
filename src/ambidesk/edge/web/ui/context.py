"""What every page's frame shows: who is signed in, theme, language, which audiences are open."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambidesk.across.insight.rights import InsightRight
from ambidesk.edge.web.ui.words import spoken
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.models import User
from ambidesk.support.conversations.rights import ChannelRight
from ambidesk.support.incidents.rights import IncidentRight
from ambidesk.support.incidents.topic import TOPIC
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.tickets.rights import TicketRight

WORKING = ("/inbox/", "/tickets/", "/views/", "/people/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place of the rail."""

    url: str
    name: str
    icon: str
    key: str
    is_here: bool
    # Where the number of what waits there is fetched, and the topic that tells of a new one.
    count_url: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame around a page."""

    user: User | None
    language: str
    theme: str
    places: tuple[Place, ...]
    words: dict[str, str]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Tell the frame what it needs, without a query of its own."""
    found = getattr(request, "user", None)
    user = found if isinstance(found, User) else None
    return {
        "shell": Shell(
            user=user,
            language=get_language() or "en",
            theme=user.theme if user else "auto",
            places=_places(request) if user else (),
            words=spoken(),
        )
    }


def _places(request: HttpRequest) -> tuple[Place, ...]:
    actor: Actor = getattr(request, "actor", Actor(kind=ActorKind.USER))
    path = request.path
    places = []
    if actor.may(TicketRight.SEE):
        places += [
            _place("home", _("Tickets"), icon="inbox", key="g i", here=path.startswith(WORKING)),
            _place("search", _("Search"), icon="search", key="g f", here=path == "/search"),
            *_own_places(actor, path),
        ]
    places += _live_places(actor, path)
    if actor.may(InsightRight.SEE):
        here = path.startswith("/insight/")
        places.append(_place("figures", _("Figures"), icon="chart-column", key="g d", here=here))
    troubled = path.startswith("/settings/problems/")
    if actor.may(ChannelRight.SEE_PROBLEMS):
        place = _place(
            "settings-problems", _("Problems"), icon="triangle-alert", key="g x", here=troubled
        )
        count = reverse("settings-problems-count")
        places.append(replace(place, count_url=count, topic="problems"))
    if any(".manage" in right for right in actor.rights):
        here = path.startswith("/settings/") and not troubled
        places.append(_place("settings", _("Settings"), icon="settings", key="g ,", here=here))
    return tuple(places)


def _live_places(actor: Actor, path: str) -> list[Place]:
    """What happens just now: faults that many write about, and the load of teams."""
    places = []
    if actor.may(IncidentRight.DECIDE):
        here = path.startswith("/incidents/")
        place = _place("incidents", _("Incidents"), icon="siren", key="g e", here=here)
        count = reverse("incidents-count")
        places.append(replace(place, count_url=count, topic=TOPIC))
    if actor.may(RoutingRight.LEAD):
        here = path.startswith("/load/")
        places.append(_place("load", _("Load"), icon="gauge", key="g l", here=here))
    return places


def _own_places(actor: Actor, path: str) -> tuple[Place, ...]:
    """What somebody is told, and what they promised to come back to."""
    here = path.startswith("/notices/")
    bell = _place("notices", _("Notifications"), icon="bell", key="g n", here=here)
    count, topic = reverse("notices-count"), f"user:{actor.user_id}"
    here = path.startswith("/reminders/")
    mine = _place("reminders", _("My reminders"), icon="alarm-clock-check", key="g h", here=here)
    return replace(bell, count_url=count, topic=topic), mine


def _place(name: str, words: str, *, icon: str, key: str, here: bool) -> Place:
    return Place(url=reverse(name), name=words, icon=icon, key=key, is_here=here)
