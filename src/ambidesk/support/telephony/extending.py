"""Extending: at which inner number a colleague is called."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.events import MemberPresented
from ambidesk.parties.staff.models import Member
from ambidesk.support.telephony.models import Extension

LETTERS = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.")


class NotAnExtension(InvalidInput):
    """No exchange has such a number."""

    sentence = _("An extension has digits and letters only.")


class ExtensionTaken(InvalidInput):
    """It is a colleague's."""

    sentence = _("A colleague has this extension.")


@transaction.atomic
def extend(member: Member, number: str, *, by: Actor, at: datetime) -> None:
    """
    Say at which inner number a colleague is called; without one at none.

    Raises:
        NotAnExtension: it would mean something else to an exchange.
        ExtensionTaken: a colleague has it.
    """
    given = number.strip()[:20]
    if not set(given) <= LETTERS:
        raise NotAnExtension(field="extension")
    Extension.objects.filter(member=member).delete()
    try:
        with transaction.atomic():
            if given:
                Extension.objects.create(member=member, number=given)
    except IntegrityError as taken:
        raise ExtensionTaken(field="extension") from taken
    journal.record(MemberPresented(member_id=member.pk, user_id=member.user_id), by=by, at=at)
