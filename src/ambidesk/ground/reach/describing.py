"""Describing roles: what each may do; the last one that manages access keeps its right."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.events import RoleDescribed
from ambidesk.ground.reach.granting import keeping_an_administrator
from ambidesk.ground.reach.models import Role
from ambidesk.ground.reach.rights import every_right


class RoleNameTaken(InvalidInput):
    """Another role has the name."""

    sentence = _("Another role has this name.")


class UnknownRight(InvalidInput):
    """There is no such right."""

    sentence = _("There is no right “%(right)s”.")


class RoleIsHeld(Refusal):
    """Archived rights that somebody has would be seen nowhere."""

    sentence = _("Somebody holds this role. Give them another one first.")


@transaction.atomic
def archive_role(role: Role, *, by: Actor, at: datetime) -> None:
    """
    Take a role that nobody holds out of use, or into use again.

    Raises:
        RoleIsHeld: somebody does.
    """
    row = Role.objects.select_for_update().get(pk=role.pk)
    if not row.archived_at and row.grants.exists():
        raise RoleIsHeld
    row.archived_at = None if row.archived_at else at
    row.save(update_fields=["archived_at"])
    journal.record(RoleDescribed(role_id=row.pk), by=by, at=at)


@transaction.atomic
def describe_role(
    role: Role | None, *, name: str, rights: Iterable[str], by: Actor, at: datetime
) -> Role:
    """
    Make a role, or change the one given; the streams of those who hold it are opened anew.

    Raises:
        RoleNameTaken: another one has the name.
        UnknownRight: a right that nobody declared.
        LastAdministrator: nobody would be left who can manage access.
    """
    row = Role.objects.select_for_update().get(pk=role.pk) if role else Role()
    wanted = sorted(set(rights))
    if unknown := set(wanted) - every_right():
        raise UnknownRight(field="rights", right=min(unknown))
    row.name, row.rights = name.strip()[:80], wanted
    with keeping_an_administrator():
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as taken:
            raise RoleNameTaken(field="name") from taken
    journal.record(RoleDescribed(role_id=row.pk), by=by, at=at)
    for user in row.grants.order_by("user").values_list("user", flat=True):
        signal(f"revoke:user:{user}")
    return row
