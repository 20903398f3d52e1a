"""Hiring and dismissing: accounts of members of staff."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.granting import grant, keeping_an_administrator
from ambidesk.ground.reach.models import Role, User
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.people.normalising import normal_email
from ambidesk.parties.staff.events import (
    MemberDismissed,
    MemberHired,
    MemberIntroduced,
    TeamsAssigned,
)
from ambidesk.parties.staff.leaving import close_sessions
from ambidesk.parties.staff.models import AccessLink, Member, Membership, Team


class AlreadyStaff(InvalidInput):
    """The address has an account."""

    sentence = _("%(email)s already has an account here.")


@transaction.atomic
def hire(
    *, email: str, name: str, roles: Iterable[Role], password: str | None, by: Actor, at: datetime
) -> Member:
    """
    Give a person an account; without a password they set one by a link.

    Raises:
        AlreadyStaff: the address has an account.
        NotAnAddress: the address is none.
    """
    address = normal_email(email)
    if User.objects.filter(email__iexact=address).exists():
        raise AlreadyStaff(field="email", email=address)
    user = User(email=address, name=name.strip()[:150], joined_at=at)
    user.set_password(password)
    user.save(force_insert=True)
    caller = Caller(kind=IdentityKind.EMAIL, value=address, name=name)
    identity = meet(caller, by=by, at=at)
    if Member.objects.filter(person=identity.person).exists():
        # It was a colleague's address: whose words it brings is for an administrator to say.
        raise AlreadyStaff(field="email", email=address)
    member = Member.objects.create(person=identity.person, user=user, since=at)
    journal.record(MemberHired(member_id=member.pk, user_id=user.pk), by=by, at=at)
    grant(user, roles, by=by, at=at)
    return member


@transaction.atomic
def introduce(member: Member, *, name: str, email: str, by: Actor, at: datetime) -> None:
    """
    Change name and address.

    Raises:
        AlreadyStaff: somebody else has the address.
        NotAnAddress: the address is none.
    """
    address = normal_email(email)
    user = User.objects.select_for_update().get(pk=member.user_id)
    if User.objects.filter(email__iexact=address).exclude(pk=user.pk).exists():
        raise AlreadyStaff(field="email", email=address)
    user.name, user.email = name.strip()[:150], address
    user.save(update_fields=["name", "email"])
    journal.record(MemberIntroduced(member_id=member.pk, user_id=user.pk), by=by, at=at)


@transaction.atomic
def dismiss(member: Member, *, by: Actor, at: datetime) -> None:
    """
    Close the account: sessions, open streams and the link to come in end at once.

    Raises:
        LastAdministrator: nobody would be left who can manage access.
    """
    user = User.objects.select_for_update().get(pk=member.user_id)
    with keeping_an_administrator():
        User.objects.filter(pk=user.pk).update(is_active=False)
    AccessLink.objects.filter(user=user).delete()
    close_sessions(user)
    journal.record(MemberDismissed(member_id=member.pk, user_id=user.pk), by=by, at=at)


@transaction.atomic
def rehire(member: Member, *, by: Actor, at: datetime) -> None:
    """Open the account of a former member again."""
    User.objects.filter(pk=member.user_id).update(is_active=True)
    journal.record(MemberHired(member_id=member.pk, user_id=member.user_id), by=by, at=at)


@transaction.atomic
def join_teams(member: Member, teams: Iterable[Team], *, by: Actor, at: datetime) -> None:
    """Let the member belong to just these teams."""
    Member.objects.select_for_update().get(pk=member.pk)
    wanted = sorted(teams, key=lambda team: team.pk)
    Membership.objects.filter(member=member).exclude(team__in=wanted).delete()
    Membership.objects.bulk_create(
        [Membership(team=team, member=member, since=at) for team in wanted], ignore_conflicts=True
    )
    journal.record(
        TeamsAssigned(member_id=member.pk, team_ids=[team.pk for team in wanted]), by=by, at=at
    )
    signal(f"revoke:user:{member.user_id}")
