"""Erasing: the account of an erased person is closed, and neither name nor address stays on it."""

from allauth.mfa.models import Authenticator

from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.inviting import close_account
from ambidesk.parties.authority.models import Letter
from ambidesk.parties.authority.writing import LETTERS
from ambidesk.parties.people.models import Identity, IdentityKind, Person


def erase_letters(person: Person) -> None:
    """Send nothing more to the addresses of a person."""
    known = Identity.objects.filter(person=person, kind=IdentityKind.EMAIL).values("value")
    LETTERS.drop(Letter.objects.filter(address__in=known))


def erase_account(person: Person) -> None:
    """Close the account of a person and blank what names them; the row stays for the journal."""
    close_account(person)
    erase_letters(person)
    for user in User.objects.filter(account__person=person):
        Authenticator.objects.filter(user=user).delete()
        user.email, user.name = f"erased-{user.pk}@ambidesk.invalid", ""
        user.set_unusable_password()
        user.save(update_fields=["email", "name", "password", "password_needs_factor"])
