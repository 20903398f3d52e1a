"""Standings: whose turn a handover is, and what can become of it."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(models.TextChoices):
    """How a handover stands."""

    OFFERED = "offered", pgettext_lazy("handover", "Offered")
    ACCEPTED = "accepted", pgettext_lazy("handover", "Under way")
    DONE = "done", pgettext_lazy("handover", "Done, to be looked at")
    TAKEN = "taken", pgettext_lazy("handover", "Done")
    REFUSED = "refused", _("Refused")
    RETURNED = "returned", _("Given back")
    WITHDRAWN = "withdrawn", _("Taken back")


# Where the contractor has to do something.
THEIRS: Final = frozenset({Standing.OFFERED, Standing.ACCEPTED})
# Where nothing is over yet.
OPEN: Final = THEIRS | {Standing.DONE}
# What a contractor sees: what they gave away is no longer their business.
SHOWN: Final = OPEN | {Standing.TAKEN}
# Where our team is in charge again.
BACK: Final = frozenset({Standing.REFUSED, Standing.RETURNED})
MOVES: Final[Mapping[Standing, frozenset[Standing]]] = {
    Standing.OFFERED: frozenset({Standing.ACCEPTED, Standing.REFUSED, Standing.WITHDRAWN}),
    Standing.ACCEPTED: frozenset({Standing.DONE, Standing.RETURNED, Standing.WITHDRAWN}),
    Standing.DONE: frozenset({Standing.TAKEN, Standing.ACCEPTED, Standing.WITHDRAWN}),
    Standing.TAKEN: frozenset(),
    Standing.REFUSED: frozenset(),
    Standing.RETURNED: frozenset(),
    Standing.WITHDRAWN: frozenset(),
}


def can_become(before: Standing, after: Standing) -> bool:
    """Whether one can follow the other."""
    return after in MOVES[before]


def is_rework(before: Standing, after: Standing) -> bool:
    """Whether what was called done is to be done again."""
    return before is Standing.DONE and after is Standing.ACCEPTED
