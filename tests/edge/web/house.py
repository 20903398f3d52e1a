"""A desk with one of each thing, and a browser of each role; built once, for all questions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from ambidesk.ground.reach.models import User
from ambidesk.support.tickets.models import Ticket
from tests.called_in import call_in, make_called_things
from tests.cast import Cast, hired, make_cast
from tests.clients import make_client_things, make_clients
from tests.conftest import MOMENT
from tests.edge.web.things import Things, make_things


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The desk; every question leaves it as it was."""

    cast: Cast
    people: dict[str, Client]
    things: Things


@contextmanager
def standing_house(*, language: str = "en") -> Iterator[House]:
    """Build it within one transaction, of which nothing is left; browsers ask for the language."""
    with transaction.atomic():
        cast = make_cast(MOMENT)
        people = {role: browser_of(user, language) for role, user in _staff(cast).items()}
        people["anonymous"] = Client(headers={"accept-language": language})
        things = make_things(cast, people["operator"])
        clients = make_clients(cast)
        people["client"] = browser_of(clients.user(clients.director), language)
        people["stranger"] = browser_of(clients.user(clients.owner), language)
        things.by_route.update(make_client_things(clients))
        called = call_in(cast)
        people["contractor"] = browser_of(called.user(called.fitter), language)
        shops = Ticket.objects.get(pk=things.everywhere["number"])
        theirs = Ticket.objects.get(pk=things.by_route["portal-request"])
        everywhere, by_route = make_called_things(called, shops, theirs)
        things.everywhere.update(everywhere)
        things.by_route.update(by_route)
        things.bodies["ticket-handover"] = {"contractor": called.cold.pk, "task": "Look"}
        yield House(cast=cast, people=people, things=things)
        transaction.set_rollback(True)
    cache.clear()


def browser_of(user: User, language: str) -> Client:
    """A browser in which somebody is signed in."""
    browser = Client(headers={"accept-language": language})
    browser.force_login(user)
    return browser


def reader_of(name: str) -> str:
    """Say who of them reads a screen: an administrator, unless it is somebody else's."""
    if name.startswith(("portal-work", "portal-handover")):
        return "contractor"
    return "client" if name.startswith("portal") else "administrator"


def _staff(cast: Cast) -> dict[str, User]:
    lead = hired("Lena Lead", "team_lead", cast.shop_team, at=cast.at)
    reader = hired("Rita Reader", "reader", None, at=cast.at)
    return {
        "reader": reader.user,
        "operator": cast.olga.user,
        "other": cast.lev.user,
        "lead": lead.user,
        "administrator": cast.admin.user,
    }
