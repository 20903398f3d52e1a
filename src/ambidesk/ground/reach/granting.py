"""Granting: which roles a user holds. The last administrator cannot lose the keys."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.events import RolesGranted
from ambidesk.ground.reach.models import Grant, Role, User, UserQuerySet
from ambidesk.ground.reach.rights import ReachRight

# One change of who manages access at a time.
LOCK = 7_321_006
ENTERING = """
    SELECT account.*, ARRAY(
        SELECT unnest(role.rights) FROM reach_grant held
          JOIN reach_role role ON role.id = held.role_id
         WHERE held.user_id = account.id
    ) AS rights_now
      FROM reach_user account WHERE account.id = %s
"""


class LastAdministrator(Refusal):
    """Nobody would be left who can manage access."""

    sentence = _("Somebody must keep the right to manage access. Give it to a colleague first.")


def user_of(pk: int) -> User | None:
    """Fetch an account for one request, and beside it what it may do just now."""
    return next(iter(User.objects.raw(ENTERING, [pk])), None)


class RoleIsArchived(Refusal):
    """It is out of use."""

    sentence = _("This role is archived. Take it into use again first.")


class ClientHoldsNoRole(Refusal):
    """A client would see the desk as its staff do."""

    sentence = _("This is the account of a client. It can hold no role.")


def actor_of(user: User) -> Actor:
    """
    Compute the user's rights now: an actor lives for one request.

    Of a client's account these are none; `parties.authority` says for which companies it acts.
    """
    if user.is_client:
        return Actor(kind=ActorKind.CONTACT, behalf=user.pk)
    if not user.is_active:
        return Actor(kind=ActorKind.USER, id=user.pk)
    # Read with an account that was fetched for this request, and never kept longer.
    rights: list[str] | None = getattr(user, "rights_now", None)
    if rights is None:
        held = Role.objects.filter(grants__user=user).values_list("rights", flat=True)
        rights = [right for each in held for right in each]
    return Actor(kind=ActorKind.USER, id=user.pk, rights=frozenset(rights))


@transaction.atomic
def grant(user: User, roles: Iterable[Role], *, by: Actor, at: datetime) -> None:
    """
    Let the user hold just these roles.

    Raises:
        LastAdministrator: nobody would be left who can manage access.
        RoleIsArchived: one of them is out of use.
        ClientHoldsNoRole: it is no account of staff.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    wanted = list(roles)
    if row.is_client and wanted:
        raise ClientHoldsNoRole
    # Whoever archives one meanwhile waits, or was first.
    standing = Role.objects.select_for_update().filter(pk__in=[role.pk for role in wanted])
    if any(role.archived_at for role in standing.order_by("pk")):
        raise RoleIsArchived
    with keeping_an_administrator():
        Grant.objects.filter(user=user).exclude(role__in=wanted).delete()
        Grant.objects.bulk_create(
            [Grant(user=user, role=role, since=at) for role in wanted], ignore_conflicts=True
        )
    journal.record(RolesGranted(user_id=user.pk, role_ids=[r.pk for r in wanted]), by=by, at=at)


@contextmanager
def keeping_an_administrator() -> Iterator[None]:
    """
    Check that a change does not take the keys from the last one who has them.

    Raises:
        LastAdministrator: somebody could manage access before, and nobody can after.
    """
    # Two administrators who close each other's account at once must not both succeed.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    before = _administrators().exists()
    yield
    if before and not _administrators().exists():
        raise LastAdministrator


def _administrators() -> UserQuerySet:
    return User.objects.active().filter(grants__role__rights__contains=[ReachRight.MANAGE])
