"""Users: accounts that can sign in. An address belongs to one account, whatever its case."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Shorter ones are taken only beside a second factor.
ALONE = 15


class Theme(models.TextChoices):
    """How the screens look."""

    AUTO = "auto", _("As the system")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class UserQuerySet(models.QuerySet["User"]):
    """Accounts, with what Django's and allauth's sign-in ask of a manager."""

    def active(self) -> "UserQuerySet":
        """Those who may sign in now."""
        return self.filter(is_active=True)

    def get_by_natural_key(self, email: str) -> "User":
        """The account of an address, whatever its case."""
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """
    One account; rights come from roles, computed at each request.

    The account of a client holds no role: what it may comes from the authority of its contacts.
    """

    email = models.EmailField(_("E-mail"), max_length=254)
    name = models.CharField(pgettext_lazy("person", "Name"), max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    is_client = models.BooleanField(default=False, db_default=False)
    password_needs_factor = models.BooleanField(default=False)
    language = models.CharField(
        max_length=2, choices=[("en", "English"), ("ru", "Русский")], blank=True
    )
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.AUTO)
    enter_sends = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserQuerySet.as_manager()

    class Meta:
        """One account an address."""

        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def set_password(self, raw_password: str | None) -> None:
        """Remember whether the new password may stand alone."""
        super().set_password(raw_password)
        self.password_needs_factor = raw_password is not None and len(raw_password) < ALONE

    @property
    def initials(self) -> str:
        """One or two letters that stand for the person on a small picture."""
        return "".join(word[0] for word in (self.name or self.email).split()[:2]).upper()
