"""Provisioning: a directory outside lets colleagues in, describes them, closes accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.granting import grant
from ambidesk.ground.reach.models import Role, User
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.people.normalising import normal_email
from ambidesk.parties.staff.hiring import dismiss, hire, introduce, rehire
from ambidesk.parties.staff.models import Member, Provision


class AlreadyProvisioned(InvalidInput):
    """Another account has the name or the id."""

    sentence = _("Another account has this name or this id of the directory.")


class KeepsAccess(Refusal):
    """A key of a directory is no administrator."""

    sentence = _("Who manages access gets another address, or is let in again, at the desk only.")
    status = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A colleague as the directory has them."""

    user_name: str
    name: str
    email: str
    external_id: str = ""
    is_active: bool = True


@transaction.atomic
def provision(wanted: Described, *, by: Actor, at: datetime) -> Member:
    """
    Let a colleague in whom the directory describes; roles and teams come by its groups.

    Raises:
        AlreadyStaff, AlreadyProvisioned: somebody has the address, the name or the id.
        NotAnAddress: the address is none.
    """
    member = hire(email=wanted.email, name=wanted.name, roles=[], password=None, by=by, at=at)
    _keep(member, wanted, at=at)
    if not wanted.is_active:
        dismiss(member, by=by, at=at)
    return _fresh(member)


@transaction.atomic
def describe(member: Member, wanted: Described, *, by: Actor, at: datetime) -> Member:
    """
    Let a colleague be as the directory says; a closed account ends its sessions at once.

    Raises:
        AlreadyStaff, AlreadyProvisioned: somebody else has the address, the name or the id.
        NotAnAddress: the address is none.
        LastAdministrator: nobody would be left who can manage access.
        KeepsAccess: they manage access themselves, and the actor does not.
    """
    row = Member.objects.select_for_update(of=("self",)).select_related("user").get(pk=member.pk)
    _require_reachable(row, wanted, by=by)
    if (row.user.name, row.user.email) != (wanted.name[:150], normal_email(wanted.email)):
        introduce(row, name=wanted.name, email=wanted.email, by=by, at=at)
    _keep(row, wanted, at=at)
    if row.user.is_active != wanted.is_active:
        change = rehire if wanted.is_active else dismiss
        change(row, by=by, at=at)
    return _fresh(row)


@transaction.atomic
def give_role(role: Role, members: Iterable[Member], *, by: Actor, at: datetime) -> None:
    """
    Let just these colleagues hold the role; what else each of them holds stays.

    Raises:
        LastAdministrator: nobody would be left who can manage access.
        RoleIsArchived: one that is held is out of use.
    """
    wanted = {member.user_id for member in members}
    held = set(Member.objects.filter(user__grants__role=role).values_list("user", flat=True))
    changed = User.objects.select_for_update().filter(pk__in=wanted ^ held).order_by("pk")
    for user in changed.prefetch_related("grants__role"):
        others = [each.role for each in user.grants.all() if each.role_id != role.pk]
        grant(user, [*others, role] if user.pk in wanted else others, by=by, at=at)


def _require_reachable(member: Member, wanted: Described, *, by: Actor) -> None:
    """An address is a way in, and so is an account that is opened again."""
    is_moved = member.user.email != normal_email(wanted.email)
    is_opened = wanted.is_active and not member.user.is_active
    if not (is_moved or is_opened) or by.may(ReachRight.MANAGE):
        return
    if member.user.grants.filter(role__rights__contains=[ReachRight.MANAGE.value]).exists():
        raise KeepsAccess


def _keep(member: Member, wanted: Described, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            Provision.objects.update_or_create(
                member=member,
                defaults={"user_name": wanted.user_name, "external_id": wanted.external_id},
                create_defaults={
                    "user_name": wanted.user_name,
                    "external_id": wanted.external_id,
                    "at": at,
                },
            )
    except IntegrityError as taken:
        raise AlreadyProvisioned(field="userName") from taken


def _fresh(member: Member) -> Member:
    return Member.objects.select_related("user", "provision").get(pk=member.pk)
