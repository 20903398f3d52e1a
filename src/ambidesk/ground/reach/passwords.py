"""
Passwords: fifteen signs alone, eight beside a second factor, none of those that everybody tries.

Source: OWASP ASVS 5.0 6.2.1 to 6.2.12, NIST SP 800-63B-4 3.1.1.2.
"""

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.models.user import ALONE
from ambidesk.ground.reach.rules import guessing as rule

BESIDE_A_FACTOR = 8
LONGEST = 256
LEAST_SURPRISES = 6
# Words that an attacker of this product tries first.
OWN_WORDS = ("ambidesk", "амбидеск")


class WeakPassword(InvalidInput):
    """The password is too easy to guess."""

    sentence = gettext_lazy("%(words)s")


def require_strong(password: str, user: User | None = None) -> None:
    """
    Check a password that somebody chose.

    Raises:
        WeakPassword: it is too short, too common, or made of the person's own name.
    """
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise WeakPassword(field="password", words=" ".join(weak.messages)) from weak


class Length:
    """The length that a password needs, by what stands beside it."""

    def validate(self, password: str, user: User | None = None) -> None:
        """
        Check the length.

        Raises:
            ValidationError: too short or too long.
        """
        least = BESIDE_A_FACTOR if user and has_factor(user) else ALONE
        if len(password) < least:
            raise ValidationError(
                _("A password has at least %(least)s characters; three words are easy to remember.")
                % {"least": least},
                code="password_too_short",
            )
        if len(password) > LONGEST:
            raise ValidationError(
                _("A password has at most %(most)s characters.") % {"most": LONGEST},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        """Say what is needed."""
        return _("At least %(least)s characters; three words are easy to remember.") % {
            "least": ALONE
        }


class NotOfThisProduct:
    """A password does not lean on the name of what it opens."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 Django's
        """
        Check the words.

        Raises:
            ValidationError: it holds the product's name.
        """
        if any(word in password.casefold() for word in OWN_WORDS):
            raise ValidationError(
                _("A password must not hold the name of this desk."), code="password_own_word"
            )

    def get_help_text(self) -> str:
        """Nothing that anybody has to know beforehand."""
        return ""


class NotGuessable(CommonPasswordValidator):
    """
    Neither a common password of leaked lists nor a long one made of it.

    The lists come with Django: nothing is looked up anywhere else.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """
        Check the password, its half where it is a word twice, and its letters without numbers.

        Raises:
            ValidationError: it is among the first that anybody tries.
        """
        plain = password.casefold().strip()
        for part in {plain, rule.unit_of(plain), rule.letters_of(plain)}:
            super().validate(part, user)
        if rule.surprises_in(plain) < LEAST_SURPRISES:
            raise ValidationError(
                _("Rows of keys and repeated characters are among the first that anybody tries."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """Nothing that anybody has to know beforehand."""
        return ""


def has_factor(user: User) -> bool:
    """Say whether something beside the password is asked for at sign-in."""
    return user.pk is not None and bool(Authenticator.objects.filter(user=user).exists())
