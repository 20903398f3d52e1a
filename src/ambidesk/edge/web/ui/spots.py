"""
Spots: the places of the client portal, one line each, in the order in which they stand.

Near ones stand in the bar of a phone (three at most, and work), the others behind “More”; beside
a page on a desk stand all. Who has not the right of a place does not see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.rights import PortalRight

ROOT: Final = "/portal/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place, and with which words its addresses begin below `/portal/`."""

    route: str
    name: Promise | str
    icon: str
    key: str
    prefixes: tuple[str, ...]
    right: str = PortalRight.ENTER
    is_near: bool = False

    def holds(self, path: str) -> bool:
        """Whether an address belongs here."""
        return path.removeprefix(ROOT).split("/", 1)[0] in self.prefixes


SPOTS: Final = (
    Spot(
        route="portal-work",
        name=_("Work"),
        icon="wrench",
        key="g w",
        prefixes=("work",),
        right=PortalRight.PERFORM,
        is_near=True,
    ),
    Spot(
        route="portal",
        name=_("Requests"),
        icon="inbox",
        key="g i",
        prefixes=("", "requests"),
        is_near=True,
    ),
    Spot(
        route="portal-kinds",
        name=_("New request"),
        icon="circle-plus",
        key="c",
        prefixes=("new",),
        is_near=True,
    ),
    Spot(
        route="portal-equipment",
        name=_("Equipment"),
        icon="refrigerator",
        key="g q",
        prefixes=("equipment", "documents", "scan"),
        is_near=True,
    ),
    Spot(
        route="portal-board",
        name=_("My territory"),
        icon="gauge",
        key="g b",
        prefixes=("board", "figures"),
        right=PortalRight.OVERSEE,
    ),
    Spot(
        route="portal-search",
        name=_("Search"),
        icon="search",
        key="/",
        prefixes=("search",),
    ),
    Spot(
        route="portal-articles",
        name=_("Articles"),
        icon="book-open",
        key="g a",
        prefixes=("articles",),
    ),
    Spot(
        route="portal-contracts",
        name=_("Contracts"),
        icon="file-text",
        key="g k",
        prefixes=("contracts",),
        right=PortalRight.CONTRACTS,
    ),
    Spot(
        route="portal-team",
        name=_("Your team"),
        icon="headset",
        key="g t",
        prefixes=("team",),
    ),
    Spot(
        route="portal-notifications",
        name=_("Notifications"),
        icon="bell",
        key="g n",
        prefixes=("notifications",),
    ),
    Spot(
        route="portal-colleagues",
        name=_("Colleagues"),
        icon="users-round",
        key="g c",
        prefixes=("colleagues", "authorities"),
        right=PortalRight.MANAGE,
    ),
)


def spots_of(actor: Actor) -> Sequence[Spot]:
    """The places that somebody may enter."""
    return [each for each in SPOTS if actor.may(each.right)]
