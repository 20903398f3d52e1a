"""Saving views: a condition under a name, one's own or shared with a team of one's own."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions.parsing import read, written
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import AboveLimit, InvalidInput, NotEntitled
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.models import User
from ambidesk.parties.staff.models import Team
from ambidesk.support.desk.events import ViewDropped, ViewSaved
from ambidesk.support.desk.models import SavedView
from ambidesk.support.tickets.fields import TICKET_VOCABULARY

MOST_VIEWS = 50
LAST_PLACE = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewIcon:
    """A picture that a view can have."""

    icon: str
    label: object


ICONS = (
    ViewIcon(icon="list-filter", label=_("Filter")),
    ViewIcon(icon="flag", label=_("Flag")),
    ViewIcon(icon="star", label=_("Star")),
    ViewIcon(icon="bell", label=_("Bell")),
    ViewIcon(icon="clock", label=_("Clock")),
    ViewIcon(icon="wrench", label=_("Wrench")),
    ViewIcon(icon="truck", label=_("Truck")),
    ViewIcon(icon="credit-card", label=_("Card")),
    ViewIcon(icon="building", label=_("Building")),
    ViewIcon(icon="heart", label=_("Heart")),
    ViewIcon(icon="tag", label=_("Tag")),
    ViewIcon(icon="user", label=_("Person")),
)


class ViewNeedsName(InvalidInput):
    """It has no name."""

    sentence = _("Give the view a name.")


class ViewNameTaken(InvalidInput):
    """The owner has one of this name."""

    sentence = _("You have a view of this name already.")


class UnknownIcon(InvalidInput):
    """There is no such picture."""

    sentence = _("Choose one of the pictures.")


class NotYourTeam(NotEntitled):
    """Views are shared with own teams only."""

    sentence = _("You can share a view with your own teams only.")


class NotYourView(NotEntitled):
    """Views belong to who saved them."""

    sentence = _("Only %(name)s, who saved this view, can change it.")


class TooManyViews(AboveLimit):
    """Nobody finds anything among so many."""

    sentence = _("You have %(most)s views, which is as many as there can be. Drop one first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What is saved: `condition` is JSON as the builder makes it."""

    name: str
    condition: object
    team: Team | None = None
    icon: str = "list-filter"
    order: int = 0


@transaction.atomic
def save_view(saving: Saving, *, by: Actor, at: datetime) -> SavedView:
    """
    Save a view of the actor's own.

    Raises:
        TooManyViews: there are enough.
        ViewNeedsName, ViewNameTaken, UnknownIcon, NotYourTeam: it cannot be saved so.
        NotACondition and the other refusals of conditions: it makes no sense.
    """
    owner = User.objects.select_for_update().get(pk=by.user_id or 0)
    if SavedView.objects.filter(owner=owner).count() >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    return _keep(SavedView(owner=owner, made_at=at), saving, by=by, at=at)


@transaction.atomic
def change_view(view: SavedView, saving: Saving, *, by: Actor, at: datetime) -> SavedView:
    """
    Change a view.

    Raises:
        NotYourView: somebody else saved it.
        ViewNeedsName, ViewNameTaken, UnknownIcon, NotYourTeam: it cannot be saved so.
        NotACondition and the other refusals of conditions: it makes no sense.
    """
    return _keep(_own(view, by), saving, by=by, at=at)


@transaction.atomic
def drop_view(view: SavedView, *, by: Actor, at: datetime) -> None:
    """
    Drop a view.

    Raises:
        NotYourView: somebody else saved it.
    """
    row = _own(view, by)
    journal.record(ViewDropped(view_id=row.pk), by=by, at=at)
    _tell(row)
    row.delete()


def _own(view: SavedView, by: Actor) -> SavedView:
    row = SavedView.objects.select_for_update(of=("self",)).select_related("owner").get(pk=view.pk)
    if by.user_id is not None and row.owner_id != by.user_id:
        raise NotYourView(name=row.owner.name or row.owner.email)
    return row


def _keep(row: SavedView, saving: Saving, *, by: Actor, at: datetime) -> SavedView:
    name = " ".join(saving.name.split())
    if not name:
        raise ViewNeedsName(field="name")
    if saving.icon not in {each.icon for each in ICONS}:
        raise UnknownIcon(field="icon")
    team = saving.team
    if team and not team.memberships.filter(member__user=row.owner_id).exists():
        raise NotYourTeam(field="team")
    row.name, row.icon, row.team = name[:60], saving.icon, team
    row.order = min(max(saving.order, 0), LAST_PLACE)
    row.condition = written(read(saving.condition, TICKET_VOCABULARY))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise ViewNameTaken(field="name") from taken
    journal.record(ViewSaved(view_id=row.pk), by=by, at=at)
    _tell(row)
    return row


def _tell(row: SavedView) -> None:
    readers = set(row.team.members.values_list("user", flat=True)) if row.team else set()
    for user in sorted({row.owner_id, *readers}):
        signal(f"user:{user}")
