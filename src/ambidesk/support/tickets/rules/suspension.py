"""Why a ticket is suspended: what nobody may trust before a person looked at it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SuspendedFor(models.TextChoices):
    """The reasons."""

    UNVERIFIED = "unverified", _("It does not say clearly who wrote it")
    PRETENDS = "pretends", _("It names one of our own addresses as its sender")
    FOREIGN_TOKEN = "foreign_token", _("It uses a reply address that was given to somebody else")
    NOT_A_PARTY = "not_a_party", _("It answers a ticket in which its sender takes no part")
    AUTOMATIC = "automatic", _("It is an automatic reply that belongs to no ticket")
    UNKNOWN_WRITER = "unknown_writer", _("Nobody of the company has confirmed who wrote it")
    REFUSED_WRITER = "refused_writer", _("The company says that this is not from it")
