"""
Founding: the first administrator comes in by a link that the console prints.

The link needs no row to be single use: it is good only while nobody manages the desk.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import Role, User
from ambidesk.ground.reach.passwords import require_strong
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff.hiring import hire
from ambidesk.parties.staff.models import Member

VALID_FOR = timedelta(days=7)
SALT = "ambidesk.founding"
# One founding at a time: two who open the same link must not both become administrators.
LOCK = 7_321_005


class LinkNotValid(Refusal):
    """The token was not made here, or is too old."""

    sentence = _("This link is no longer valid. Start the desk again to get a new one.")


class AlreadyFounded(Refusal):
    """Somebody manages the desk."""

    sentence = _("This desk already has an administrator. Ask them for an account.")


def founding_token(*, at: datetime) -> str | None:
    """Make the token of the link; None when somebody manages the desk."""
    if _is_managed():
        return None
    return signing.dumps({"until": int((at + VALID_FOR).timestamp())}, salt=SALT)


def require_founding_token(token: str, *, at: datetime) -> None:
    """
    Check that the token may be used.

    Raises:
        LinkNotValid: it was not made here, or is too old.
        AlreadyFounded: somebody manages the desk.
    """
    try:
        until = int(signing.loads(token, salt=SALT)["until"])
    except (signing.BadSignature, KeyError, TypeError, ValueError) as wrong:
        raise LinkNotValid from wrong
    if at.timestamp() > until:
        raise LinkNotValid
    if _is_managed():
        raise AlreadyFounded


@transaction.atomic
def found(token: str, *, email: str, name: str, password: str, at: datetime) -> Member:
    """
    Make the holder of the link the first administrator.

    Raises:
        LinkNotValid: the token was not made here, or is too old.
        AlreadyFounded: somebody manages the desk.
        AlreadyStaff: the address has an account.
        NotAnAddress: the address is none.
        WeakPassword: the password is too easy to guess.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    require_founding_token(token, at=at)
    require_strong(password, User(email=email, name=name))
    roles = Role.objects.filter(key="administrator")
    return hire(email=email, name=name, roles=roles, password=password, by=SYSTEM, at=at)


def _is_managed() -> bool:
    manages = User.objects.active().filter(grants__role__rights__contains=[ReachRight.MANAGE])
    return manages.exists()
