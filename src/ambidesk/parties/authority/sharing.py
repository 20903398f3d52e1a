"""
Sharing: a contact becomes the login of a department, or that of one person again.

What one person answers for by name is not shared: it manages no colleagues and does no work that
is handed over, and it approves costs only to an amount that its own authority states.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.events import LoginShared, LoginUnshared
from ambidesk.parties.authority.models import Authority, SharedLogin
from ambidesk.parties.authority.overseeing import require_over_contact
from ambidesk.parties.authority.revoking import revoke
from ambidesk.parties.authority.rules.power import LIMITED, Power
from ambidesk.parties.companies.models import Contact

PERSONAL: Final = frozenset({Power.MANAGE, Power.PERFORM})


class NoDepartment(Refusal):
    """A login is shared by somebody."""

    sentence = _("Say first of which department this contact is.")


class SpeaksElsewhere(Refusal):
    """A department belongs to one company."""

    sentence = _("This person speaks for another company too: a login of a department does not.")


class OnlyInPerson(InvalidInput):
    """One person answers for this by name."""

    sentence = _("A login that a department shares manages no colleagues and does no work.")


class NeedsALimit(InvalidInput):
    """Nobody knows who says yes: no end is too much."""

    sentence = _("A login that a department shares needs an amount up to which it approves.")


@transaction.atomic
def share_login(contact: Contact, *, by: Actor, at: datetime) -> SharedLogin:
    """
    Say that a contact is the login of its department; who signs in as it says who is speaking.

    Raises:
        NotEntitled: the actor may not.
        NoDepartment, SpeaksElsewhere: it cannot stand for a department.
        OnlyInPerson, NeedsALimit: what it may is too much for several people.
    """
    row = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    require_over_contact(row, by=by, at=at)
    known = SharedLogin.objects.filter(contact=row).first()
    if known:
        return known
    held = list(Authority.objects.select_for_update().filter(contact=row).order_by("pk"))
    if row.department_id is None:
        raise NoDepartment
    if Contact.objects.filter(person=row.person_id).exclude(company=row.company_id).exists():
        raise SpeaksElsewhere
    require_fit(each for each in held if each.until is None or each.until > at)
    login = SharedLogin.objects.create(contact=row, department_id=row.department_id, since=at)
    told = LoginShared(
        contact_id=row.pk, company_id=row.company_id, department_id=row.department_id
    )
    journal.record(told, by=by, at=at)
    revoke([row.person_id])
    return login


@transaction.atomic
def unshare_login(contact: Contact, *, by: Actor, at: datetime) -> None:
    """
    Say that a contact is one person again; what several said as it stays as it was said.

    Raises:
        NotEntitled: the actor may not.
    """
    row = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    require_over_contact(row, by=by, at=at)
    if SharedLogin.objects.filter(contact=row).delete()[0]:
        told = LoginUnshared(contact_id=row.pk, company_id=row.company_id)
        journal.record(told, by=by, at=at)
        revoke([row.person_id])


def require_fit(rows: Iterable[Authority]) -> None:
    """
    Let only those authorities go on that several people may have together.

    Raises:
        OnlyInPerson, NeedsALimit: one of them is none.
    """
    for row in rows:
        given = frozenset(map(Power, row.powers))
        if given & PERSONAL:
            raise OnlyInPerson(field="powers")
        limits = {Power.APPROVE_COST: row.approves_to, Power.BUY: row.buys_to}
        if any(limits[power] is None for power in given & LIMITED):
            raise NeedsALimit(field="approves_to")
