"""
Inviting: a contact gets an account of their own and a link by which they choose a password.

One account serves all companies of a person; what it opens is what authorities hold, no more.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.events import ContactInvited
from ambidesk.parties.authority.models import Account, Authority, Letter, LetterKind
from ambidesk.parties.authority.overseeing import require_over_contact
from ambidesk.parties.authority.writing import LETTERS, put_down
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.parties.staff.admitting import new_link
from ambidesk.parties.staff.leaving import close_sessions
from ambidesk.parties.staff.models import AccessLink, Member

# A mail may lie over a holiday.
VALID_FOR: Final = timedelta(days=7)


class NoAddress(Refusal):
    """Nothing to sign in with."""

    sentence = _("This contact has no e-mail address of their own.")


class NothingAllowed(Refusal):
    """Behind the door there would be nothing."""

    sentence = _("Say first what this contact may see and do.")


class AddressTaken(InvalidInput):
    """Another account has the address."""

    sentence = _("%(email)s already has an account here.")


class HasPassword(NotEntitled):
    """Whoever gets a link to an account in use could come in as its holder."""

    sentence = _(
        "Your colleague signs in already. A new password they get on the sign-in page, or from us."
    )


@transaction.atomic
def invite(contact: Contact, *, by: Actor, at: datetime) -> str:
    """
    Make the token of a link by which the contact chooses a password; the newest one is good.

    Raises:
        NotEntitled: the actor may not invite them, or nobody may any more.
        HasPassword: a contact asks, and the account is in use.
        NoAddress: they have no address of their own.
        NothingAllowed: no authority of theirs holds.
        AddressTaken: a colleague or somebody else signs in with it.
    """
    require_over_contact(contact, by=by, at=at)
    if not Authority.objects.standing(at).filter(contact=contact).exists():
        raise NothingAllowed
    person = Person.objects.select_for_update().get(pk=contact.person_id)
    account = Account.objects.filter(person=person).select_related("user").first()
    if person.erased_at:
        raise NotEntitled
    if account and by.kind is ActorKind.CONTACT:
        _require_unused(account.user)
    user = account.user if account else _account(person, at=at)
    if not user.is_active:
        User.objects.filter(pk=user.pk).update(is_active=True)
    token = new_link(user, until=at + VALID_FOR)
    told = ContactInvited(contact_id=contact.pk, company_id=contact.company_id, user_id=user.pk)
    journal.record(told, by=by, at=at)
    return token


@transaction.atomic
def invite_by_mail(contact: Contact, *, by: Actor, at: datetime) -> str:
    """
    Send the contact the link; give the address to which it goes. Nobody else reads it.

    Raises:
        the refusals of `invite`.
    """
    token = invite(contact, by=by, at=at)
    user = User.objects.get(account__person=contact.person_id)
    put_down(
        LetterKind.INVITED,
        company=contact.company,
        address=user.email,
        name=user.name,
        language=user.language,
        token=token,
        at=at,
    )
    return user.email


def close_account(person: Person) -> None:
    """Close the account of a person: sessions, open streams and the link to come in end at once."""
    users = User.objects.filter(account__person=person)
    for user in users.select_for_update().order_by("pk"):
        User.objects.filter(pk=user.pk).update(is_active=False)
        AccessLink.objects.filter(user=user).delete()
        LETTERS.drop(Letter.objects.filter(address=user.email))
        close_sessions(user)


def welcome(contact: Contact, *, at: datetime) -> None:
    """
    Tell whoever has an account already that it opens one more company.

    A link that waits is worth nothing from then on: whoever had it given would come in here too.
    """
    user = User.objects.filter(account__person=contact.person_id, is_active=True).first()
    if user is None:
        return
    others = Authority.objects.standing(at).filter(contact__person=contact.person_id)
    if not others.exclude(company=contact.company_id).exists():
        return
    if others.filter(company=contact.company_id).count() > 1:
        return
    AccessLink.objects.filter(user=user).delete()
    LETTERS.drop(Letter.objects.filter(address=user.email, kind=LetterKind.INVITED))
    put_down(
        LetterKind.ADDED,
        company=contact.company,
        address=user.email,
        name=user.name,
        language=user.language,
        at=at,
    )


def is_unused(user: User) -> bool:
    """Whether nobody has come in by the account yet, and somebody may."""
    return user.is_active and not user.has_usable_password()


def _require_unused(user: User) -> None:
    if not user.is_active:
        raise NotEntitled
    if user.has_usable_password():
        raise HasPassword


def _account(person: Person, *, at: datetime) -> User:
    own = Identity.objects.filter(
        person=person, kind=IdentityKind.EMAIL, shared=False, erased_at=None
    )
    address = own.order_by("verified_at", "pk").values_list("value", flat=True).first()
    if address is None:
        raise NoAddress
    taken = User.objects.filter(email__iexact=address).exists()
    if taken or Member.objects.filter(person=person).exists():
        raise AddressTaken(field="contact", email=address)
    user = User(
        email=address,
        name=person.name[:150],
        joined_at=at,
        is_client=True,
        language=person.language,
    )
    user.set_unusable_password()
    user.save(force_insert=True)
    Account.objects.create(person=person, user=user, invited_at=at)
    return user
