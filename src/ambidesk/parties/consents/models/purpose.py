"""Purposes: why somebody is written to or their data used."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Why; an answer to somebody's own request needs nobody's consent (GDPR 6 (1) b)."""

    SERVICE = "service", _("Answers to own requests")
    SURVEYS = "surveys", _("Questions from time to time")
    NEWS = "news", _("News and offers")
    PROFILING = "profiling", _("Offers by what is known of them")


# What needs a yes beforehand (GDPR 6 (1) a, Federal Law 38-FZ 18, 152-FZ 9 and 15); to the others
# a person may object (GDPR 21).
OPT_IN = frozenset({Purpose.NEWS, Purpose.PROFILING})
