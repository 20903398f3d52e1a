"""Lending: a team lead lets somebody work for another team, now."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff.hiring import join_teams
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.routing.events import OperatorMoved
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.routing.telling import tell_queues
from ambidesk.support.tickets.reach import served_brands


class NotYourTeams(NotEntitled):
    """A lead moves people between teams whose tickets they see themselves."""

    sentence = _("You can move people only between teams whose tickets you see.")


class NotInTeam(Refusal):
    """Nobody can be taken from a team that they are not in."""

    sentence = _("%(name)s is not in team “%(team)s” any more.")


@transaction.atomic
def move_operator(member: Member, *, source: Team, target: Team, by: Actor, at: datetime) -> None:
    """
    Let the member work for the target team instead of the source; what they hold they keep.

    Raises:
        NotYourTeams: the actor does not see what they would see.
        NotInTeam: they are not in the source.
    """
    member = Member.objects.select_for_update(of=("self",)).select_related("user").get(pk=member.pk)
    _require_lead(by, source, target)
    teams = set(member.teams.all())
    if source not in teams:
        raise NotInTeam(name=member.name, team=source.name)
    join_teams(member, (teams - {source}) | {target}, by=by, at=at)
    event = OperatorMoved(member_id=member.pk, team_id=target.pk, before_team_id=source.pk)
    journal.record(event, by=by, at=at)
    tell_queues([source.pk, target.pk])


def _require_lead(by: Actor, source: Team, target: Team) -> None:
    if by.user_id is None or by.may(ReachRight.SEE_EVERYTHING):
        return
    seen = set(served_brands(by))
    wanted = {brand.pk for team in (source, target) for brand in team.brands.all()}
    if not by.may(RoutingRight.LEAD) or not wanted <= seen:
        raise NotYourTeams
