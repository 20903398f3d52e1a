"""Forming: teams are set up, changed and archived."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.events import TeamFormed
from ambidesk.parties.staff.models import Member, Membership, Team
from ambidesk.parties.staff.models.team import Line


class TeamNameTaken(InvalidInput):
    """Another team has the name."""

    sentence = _("Another team has this name.")


@transaction.atomic
def form_team(
    team: Team | None,
    *,
    name: str,
    brands: Iterable[Brand],
    members: Iterable[Member],
    line: Line = Line.FIRST,
    by: Actor,
    at: datetime,
) -> Team:
    """
    Found a team, or change the one given; what its members see follows at once.

    Raises:
        TeamNameTaken: another team has the name.
    """
    row = Team.objects.select_for_update().get(pk=team.pk) if team else Team()
    row.name, row.line = name.strip()[:80], line
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise TeamNameTaken(field="name") from taken
    before = set(row.memberships.values_list("member__user", flat=True))
    row.brands.set(brands)
    wanted = list(members)
    Membership.objects.filter(team=row).exclude(member__in=wanted).delete()
    Membership.objects.bulk_create(
        [Membership(team=row, member=member, since=at) for member in wanted], ignore_conflicts=True
    )
    journal.record(TeamFormed(team_id=row.pk), by=by, at=at)
    _revoke(before | {member.user_id for member in wanted})
    return row


@transaction.atomic
def archive_team(team: Team, *, by: Actor, at: datetime) -> None:
    """Take a team out of use, or into use again; what its members see follows at once."""
    row = turn(team, at=at)
    journal.record(TeamFormed(team_id=row.pk), by=by, at=at)
    _revoke(row.memberships.values_list("member__user", flat=True))


def _revoke(users: Iterable[int]) -> None:
    """Have the streams of users opened anew, for they may see other tickets now."""
    for user in sorted(users):
        signal(f"revoke:user:{user}")
