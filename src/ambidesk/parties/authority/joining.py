"""
Joining: somebody of a trusted domain makes an account of their own.

The address is proved by a link that was sent to it; what they see is their own requests, until
whoever manages the company gives them more.
"""

from datetime import datetime, timedelta
from typing import Final

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor, ActorKind
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.securing import change_password
from ambidesk.parties.authority.domains import company_of
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.inviting import invite
from ambidesk.parties.authority.models import Account, LetterKind
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.authority.writing import put_down
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Company, Contact
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.people.normalising import NotAnAddress, normal_email
from ambidesk.parties.staff.models import AccessLink

PURPOSE: Final = "ambidesk.parties.authority.joining"
VALID_FOR: Final = timedelta(days=1)
# What whoever joins by themselves may: ask, and say more about it.
OWN: Final = Terms(scope=ScopeKind.OWN, powers=frozenset({Power.CREATE, Power.COMMENT}))


class CannotJoin(Refusal):
    """The link is old, was used, or the domain is trusted no longer."""

    sentence = _("This link is no longer good. Ask for a new one.")
    status = 404


def ask_to_join(address: str, *, language: str, at: datetime) -> None:
    """Send a link where the address is of a trusted domain; nobody is told whether it is."""
    try:
        mail = normal_email(address)
    except NotAnAddress:
        return
    company = company_of(mail)
    if company is None or User.objects.filter(email__iexact=mail).exists():
        return
    token = signing.dumps([mail, at.timestamp()], salt=PURPOSE)
    put_down(
        LetterKind.JOINING, company=company, address=mail, language=language, token=token, at=at
    )


def who_joins(token: str, *, at: datetime) -> tuple[str, Company]:
    """
    The address that a link proves, and its company.

    Raises:
        CannotJoin: the link is not good, or no longer.
    """
    try:
        mail, made = signing.loads(token, salt=PURPOSE)
    except (signing.BadSignature, ValueError) as wrong:
        raise CannotJoin from wrong
    company = company_of(mail)
    is_old = at.timestamp() - made > VALID_FOR.total_seconds()
    if is_old or company is None or User.objects.filter(email__iexact=mail).exists():
        raise CannotJoin
    return mail, company


@transaction.atomic
def join(token: str, *, name: str, password: str, at: datetime) -> User:
    """
    Make whoever has the link a contact of the company with an account.

    Raises:
        CannotJoin: the link is not good, or no longer.
        WeakPassword: the password is too easy to guess.
    """
    mail, company = who_joins(token, at=at)
    Company.objects.select_for_update().get(pk=company.pk)
    # Who waited for the lock may find the link spent.
    who_joins(token, at=at)
    caller = Caller(kind=IdentityKind.EMAIL, value=mail, name=name, is_verified=True)
    identity = meet(caller, by=SYSTEM, at=at)
    person = identity.person
    # A box of several is nobody's own; an account in use is not given out by another address.
    if identity.shared or Account.objects.filter(person__whole=person.whole).exists():
        raise CannotJoin
    known = Contact.objects.on(day_of(at)).filter(company=company, person=person).first()
    contact = known or appoint(company, person, since=day_of(at), by=SYSTEM, at=at)
    if not contact.authorities.exists():
        grant_authority(contact, OWN, by=SYSTEM, at=at)
    invite(contact, by=SYSTEM, at=at)
    user = User.objects.get(account__person=person)
    if user.email.lower() != mail:
        raise CannotJoin
    AccessLink.objects.filter(user=user).delete()
    return change_password(user, password, by=Actor(kind=ActorKind.USER, id=user.pk), at=at)
