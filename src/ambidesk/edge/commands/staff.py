"""What `ambidesk user` asks of an open desk."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import Role
from ambidesk.parties.staff.admitting import give_link
from ambidesk.parties.staff.founding import founding_token
from ambidesk.parties.staff.hiring import hire
from ambidesk.parties.staff.models import Member


def add(*, email: str, name: str, roles: Sequence[str], password: str, at: datetime) -> None:
    """
    Give somebody an account with these roles, named by key or by name.

    Raises:
        Trouble: a role is unknown, the password too weak, the address taken or none.
    """
    try:
        validate_password(password)
        hire(
            email=email,
            name=name,
            roles=[_role(role) for role in roles],
            password=password,
            by=SYSTEM,
            at=at,
        )
    except ValidationError as weak:
        raise Trouble(" ".join(weak.messages)) from weak
    except Refusal as refusal:
        raise Trouble(str(refusal)) from refusal


def first_link(*, at: datetime) -> str | None:
    """Give the link for the first administrator; None when somebody manages the desk."""
    token = founding_token(at=at)
    return f"{settings.BASE_URL}/welcome/{token}/" if token else None


def access_link(email: str, *, at: datetime) -> str:
    """
    Make a link by which somebody chooses a password.

    Raises:
        Trouble: nobody has the address, or their account is closed.
    """
    member = Member.objects.filter(user__email__iexact=email.strip()).first()
    if member is None:
        raise Trouble(_("Nobody here has the address %(email)s.") % {"email": email})
    try:
        token = give_link(member, by=SYSTEM, at=at)
    except Refusal as refusal:
        raise Trouble(str(refusal)) from refusal
    return f"{settings.BASE_URL}/access/{token}/"


def _role(name: str) -> Role:
    found = Role.objects.filter(key=name).first() or Role.objects.filter(name=name).first()
    if found is None:
        known = ", ".join(role.key or role.name for role in Role.objects.all())
        raise Trouble(
            _("There is no role %(name)s. There are: %(known)s.") % {"name": name, "known": known}
        )
    return found
