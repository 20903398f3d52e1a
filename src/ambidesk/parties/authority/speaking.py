"""Speaking: who of the people that share a login says that it is they, for one session."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.ground.reach.actor import Actor, ActorKind, Speaking
from ambidesk.parties.authority.models import SharedLogin, departments_below
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.companies.models.contact import ContactQuerySet

LONGEST: Final = 120


class NobodyNamed(InvalidInput):
    """Nobody said who it is."""

    sentence = _("Say who is speaking.")


class SaySpeaker(Refusal):
    """Several people share this login, and none of them said that it is they."""

    sentence = _("Several people share this login: say first who is speaking.")


def speakers_of(actor: Actor, *, on: date) -> ContactQuerySet:
    """The known contacts of the department, and of those below it, whose login this is."""
    return _known(actor.id or 0, on=on)


def choose_speaker(
    actor: Actor, *, contact: int | None, name: str, on: date
) -> Mapping[str, int | str]:
    """
    Say what a session keeps of who is speaking: a contact who is known goes before a name.

    Raises:
        NobodyNamed: neither, or the contact is none of the department.
    """
    if contact is not None:
        if not speakers_of(actor, on=on).filter(pk=contact).exists():
            raise NobodyNamed(field="contact")
        return {"contact": contact}
    typed = one_line(storable(name), LONGEST).strip()
    if not typed:
        raise NobodyNamed(field="name")
    return {"name": typed}


def speaking_by(kept: object, *, person: int, on: date) -> Speaking | None:
    """Read what a session keeps; whoever left the department since has to be named anew."""
    if not isinstance(kept, dict):
        return None
    number, name = kept.get("contact"), kept.get("name")
    if isinstance(number, int):
        row = _known(person, on=on).select_related("person__head").filter(pk=number).first()
        return Speaking(name=row.person.called, contact=row.pk) if row else None
    return Speaking(name=name) if isinstance(name, str) and name else None


def require_speaker(actor: Actor) -> None:
    """
    Let a shared login go on only where somebody said that it is they.

    Raises:
        SaySpeaker: nobody did.
    """
    if actor.kind is ActorKind.CONTACT and actor.is_shared and actor.speaking is None:
        raise SaySpeaker


def _known(person: int, *, on: date) -> ContactQuerySet:
    logins = SharedLogin.objects.filter(contact__person=person)
    tops = list(logins.values_list("department", flat=True))
    rows = Contact.objects.on(on).filter(department__in=departments_below(tops) if tops else ())
    known = rows.filter(shared_login=None, person__erased_at=None)
    return known.order_by("person__name", "pk")
