"""Arranging: queues of teams, weights of channels, and which tickets need which skill."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions.parsing import read, written
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Skill, Team
from ambidesk.support.routing.events import NeedsArranged, QueueArranged, WeightsArranged
from ambidesk.support.routing.models import ChannelWeight, Mode, Need, Queue
from ambidesk.support.routing.telling import tell_queues
from ambidesk.support.routing.weighing import Weighed
from ambidesk.support.tickets.fields import TICKET_VOCABULARY

MOST_SECONDS = 7 * 86_400
MOST_WEIGHT = 20


class FlowsNowhere(InvalidInput):
    """A rule for overflow needs a team and a time."""

    sentence = _("Say both to which team it goes and after how long.")


class FlowsIntoItself(InvalidInput):
    """A queue cannot overflow into itself."""

    sentence = _("Choose another team: a queue cannot flow into itself.")


class ForeignBrands(InvalidInput):
    """The other team would not see what flows to it."""

    sentence = _("Team “%(name)s” does not serve all brands of this team.")


class NotSeconds(InvalidInput):
    """The time is too long or none."""

    sentence = _("Choose a time from %(least)s second to a week.")


class NotAWeight(InvalidInput):
    """The weight makes no sense."""

    sentence = _("Choose a weight from 1 to %(most)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How a team's work is given out; times in seconds, None where nothing flows over."""

    mode: Mode
    overflow_to: Team | None = None
    overflow_after: int | None = None
    away_after: int = 600
    return_after: int = 60
    shows_wait: bool = True
    target_seconds: int = 60
    target_percent: int = 80
    patience_seconds: int = 300


@transaction.atomic
def arrange_queue(team: Team, said: Arrangement, *, by: Actor, at: datetime) -> Queue:
    """
    Set up the queue of a team; what waits takes its place within a minute.

    Raises:
        FlowsNowhere, FlowsIntoItself, ForeignBrands: nothing can flow over so.
        NotSeconds: a time makes no sense.
    """
    _require_flow(team, said)
    for name in ("away_after", "return_after", "target_seconds", "patience_seconds"):
        if not 1 <= getattr(said, name) <= MOST_SECONDS:
            raise NotSeconds(field=name, least=1)
    row, _made = Queue.objects.select_for_update().update_or_create(
        team=team,
        defaults={
            "mode": said.mode,
            "overflow_to": said.overflow_to,
            "overflow_after": said.overflow_after,
            "away_after": said.away_after,
            "return_after": said.return_after,
            "shows_wait": said.shows_wait,
            "target_seconds": said.target_seconds,
            "target_percent": said.target_percent,
            "patience_seconds": said.patience_seconds,
        },
    )
    journal.record(QueueArranged(team_id=team.pk), by=by, at=at)
    tell_queues([team.pk])
    return row


@transaction.atomic
def arrange_needs(skill: Skill, conditions: list[object], *, by: Actor, at: datetime) -> None:
    """
    Say which tickets need a skill: those for which one of the conditions holds.

    Raises:
        NotACondition and the other refusals of conditions: one makes no sense.
    """
    Skill.objects.select_for_update().get(pk=skill.pk)
    wanted = [written(read(each, TICKET_VOCABULARY)) for each in conditions]
    Need.objects.filter(skill=skill).delete()
    Need.objects.bulk_create([Need(skill=skill, condition=each) for each in wanted])
    journal.record(NeedsArranged(skill_id=skill.pk), by=by, at=at)


@transaction.atomic
def arrange_weights(said: Mapping[str, Weighed], *, by: Actor, at: datetime) -> None:
    """
    Say what kinds of channels weigh, from the next talk on.

    Raises:
        NotAWeight: a weight makes no sense.
    """
    for kind, each in sorted(said.items()):
        if not 1 <= each.weight <= MOST_WEIGHT:
            raise NotAWeight(field=kind, most=MOST_WEIGHT)
        ChannelWeight.objects.update_or_create(
            kind=kind, defaults={"weight": each.weight, "keeps": each.keeps}
        )
        journal.record(WeightsArranged(weight=each.weight), by=by, at=at)


def _require_flow(team: Team, said: Arrangement) -> None:
    other, after = said.overflow_to, said.overflow_after
    if (other is None) != (after is None):
        raise FlowsNowhere(field="overflow_after" if other else "overflow_to")
    if other is None:
        return
    if after is not None and not 1 <= after <= MOST_SECONDS:
        raise NotSeconds(field="overflow_after", least=1)
    if other.pk == team.pk:
        raise FlowsIntoItself(field="overflow_to")
    served = set(other.brands.values_list("pk", flat=True))
    if not set(team.brands.values_list("pk", flat=True)) <= served:
        raise ForeignBrands(field="overflow_to", name=other.name)
