"""Views that people of the demo have saved: what a lead and an operator look for every day."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ambidesk.ground.kernel.journal import Origin
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Tag
from ambidesk.support.desk.models import SavedView
from ambidesk.support.desk.saving import Saving, save_view

Condition = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One view: whose it is, what it asks, and the tags of which one stands on the ticket."""

    owner: str
    name: str
    icon: str
    asks: tuple[Condition, ...]
    tags: tuple[str, ...] = ()
    is_shared: bool = False


def _is(field: str, value: object) -> Condition:
    return {"field": field, "operator": "is", "value": value}


def _longer_ago(field: str, hours: int) -> Condition:
    return {"field": field, "operator": "older", "value": {"amount": hours, "unit": "hours"}}


OURS = _is("waiting_for", "us")
URGENT = {
    "any": [
        {"field": "priority", "operator": "at_least", "value": 3},
        {"all": [{"field": "first_answered_at", "operator": "empty"}, _longer_ago("opened_at", 8)]},
    ]
}
LOOKS = (
    Look(
        owner="marina@desk.example",
        name="Горит",
        icon="flag",
        asks=(OURS, URGENT),
        is_shared=True,
    ),
    Look(
        owner="marina@desk.example",
        name="Жалобы и возвраты",
        icon="heart",
        asks=({"not": _is("state", "closed")},),
        tags=("жалоба", "возврат"),
        is_shared=True,
    ),
    Look(
        owner="olga@desk.example",
        name="Мои доставки",
        icon="truck",
        asks=(OURS, _is("assignee", {"symbol": "me"})),
        tags=("доставка",),
    ),
    Look(
        owner="helen@desk.example",
        name="Burning",
        icon="flag",
        asks=(OURS, URGENT),
        is_shared=True,
    ),
    Look(
        owner="helen@desk.example",
        name="Breakdowns and safety",
        icon="wrench",
        asks=({"not": _is("state", "closed")},),
        tags=("breakdown", "safety"),
        is_shared=True,
    ),
)


def save_looks(*, at: datetime) -> None:
    """Save the views that are not there; the staff and the tags stand already."""
    members = {each.user.email: each for each in Member.objects.select_related("user")}
    tags = dict(Tag.objects.values_list("name", "pk"))
    for look in LOOKS:
        member = members[look.owner]
        if not SavedView.objects.filter(owner=member.user, name=look.name).exists():
            _save(look, member, tags, at)


def _save(look: Look, member: Member, tags: dict[str, int], at: datetime) -> None:
    parts = list(look.asks)
    if look.tags:
        ids = [tags[name] for name in look.tags]
        parts.append({"field": "tags", "operator": "has_any", "value": ids})
    team = Team.objects.filter(members=member).order_by("pk").first() if look.is_shared else None
    saving = Saving(name=look.name, icon=look.icon, team=team, condition={"all": parts})
    save_view(saving, by=replace(actor_of(member.user), origin=Origin.DEMO), at=at)
