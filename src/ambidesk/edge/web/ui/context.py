"""What every page's frame shows: who is signed in, theme, language, which audiences are open."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambidesk.across.insight.rights import InsightRight
from ambidesk.edge.web.ui.spots import spots_of
from ambidesk.edge.web.ui.words import spoken
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.asking import asked_by
from ambidesk.parties.companies.models import Company
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.service.assets.rights import AssetRight
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.support.conversations.rights import ChannelRight
from ambidesk.support.incidents.rights import IncidentRight
from ambidesk.support.incidents.topic import TOPIC
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.tickets.rights import TicketRight

CLIENTS = (
    "/companies/",
    "/sites/",
    "/contacts/",
    "/entities/",
    "/territories/",
    "/departments/",
)
# Rights that are of a page of the settings and of nothing else.
WITHIN_SETTINGS = frozenset(
    {ContractRight.DEBTS.value, ContractRight.LIFT.value, ContractRight.EXCUSE.value}
)
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
    # In the portal: whether it stands in the bar of a phone.
    is_near: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame around a page."""

    user: User | None
    language: str
    theme: str
    places: tuple[Place, ...]
    # Whether calls that ring are shown.
    hears_calls: bool
    # For whom a client acts; read when the frame of the portal shows it.
    companies: object
    words: SafeString

    @property
    def is_far(self) -> bool:
        """Whether the page stands behind “More” on a phone."""
        return not any(each.is_here and each.is_near for each in self.places)

    @property
    def has_more(self) -> bool:
        """Whether something stands behind “More” at all."""
        return any(not each.is_near for each in self.places)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Tell the frame what it needs, without a query of its own."""
    found = getattr(request, "user", None)
    user = found if isinstance(found, User) else None
    language = get_language() or "en"
    return {
        "shell": Shell(
            user=user,
            language=language,
            theme=user.theme if user else "auto",
            places=_places(request) if user else (),
            hears_calls=bool(user) and _hears_calls(request),
            companies=SimpleLazyObject(partial(_companies, request)),
            words=spoken(language),
        )
    }


def _companies(request: HttpRequest) -> str:
    actor: Actor = getattr(request, "actor", Actor(kind=ActorKind.USER))
    return ", ".join(asked_by(actor, "shell.companies", make=_names))


def _names(actor: Actor, _slots: Mapping[str, Any]) -> QuerySet[Company, str]:
    rows = Company.objects.visible_to(actor).order_by("name")
    return rows.values_list("name", flat=True)[:3]


def _hears_calls(request: HttpRequest) -> bool:
    actor: Actor | None = getattr(request, "actor", None)
    is_staff = actor is not None and actor.kind is ActorKind.USER
    return bool(is_staff and actor and actor.may(TicketRight.SEE))


def _places(request: HttpRequest) -> tuple[Place, ...]:
    actor: Actor = getattr(request, "actor", Actor(kind=ActorKind.USER))
    path = request.path
    if actor.kind is ActorKind.CONTACT:
        return _of_client(actor, path)
    places = []
    working = path.startswith(WORKING) and not path.startswith("/people/likenesses")
    if actor.may(TicketRight.SEE):
        places += [
            _place("home", _("Tickets"), icon="inbox", key="g i", here=working),
            _place("search", _("Search"), icon="search", key="g f", here=path == "/search"),
            *_own_places(actor, path),
        ]
    places += _known_places(actor, path)
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
    if any(".manage" in right or right in WITHIN_SETTINGS for right in actor.rights):
        here = path.startswith("/settings/") and not troubled
        places.append(_place("settings", _("Settings"), icon="settings", key="g ,", here=here))
    return tuple(places)


def _of_client(actor: Actor, path: str) -> tuple[Place, ...]:
    """The portal; its places stand in a table of their own."""
    return tuple(
        Place(
            url=reverse(each.route),
            name=str(each.name),
            icon=each.icon,
            key=each.key,
            is_here=each.holds(path),
            is_near=each.is_near,
        )
        for each in spots_of(actor)
    )


def _known_places(actor: Actor, path: str) -> list[Place]:
    """What the desk knows: whom it looks after, and its articles."""
    places = []
    if actor.may(CompaniesRight.SEE):
        words = _("Who is it")
        places.append(_place("find", words, icon="scan-search", key="g a", here=path == "/find"))
        here = path.startswith(CLIENTS)
        places.append(_place("companies", _("Companies"), icon="building-2", key="g c", here=here))
    if actor.may(KnowledgeRight.READ):
        here = path.startswith("/knowledge/")
        places.append(_place("knowledge", _("Knowledge"), icon="book-open", key="g k", here=here))
    return places


def _live_places(actor: Actor, path: str) -> list[Place]:
    """Equipment, and what happens now: faults that many write about, the load of teams."""
    places = []
    if actor.may(AssetRight.SEE):
        here, words = path.startswith("/assets/"), _("Equipment")
        places.append(_place("assets", words, icon="refrigerator", key="g q", here=here))
    if actor.may(PeopleRight.JOIN):
        here = path.startswith("/people/likenesses")
        words = _("Maybe the same")
        places.append(_place("likenesses", words, icon="users-round", key="g y", here=here))
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
