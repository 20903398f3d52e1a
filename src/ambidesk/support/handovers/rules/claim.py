"""Claims under warranty: which states follow each other."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class ClaimState(models.TextChoices):
    """How a claim stands."""

    ASKED = "asked", pgettext_lazy("claim", "Asked")
    NUMBERED = "numbered", pgettext_lazy("claim", "Number given")
    SENT = "sent", pgettext_lazy("claim", "Sent to the vendor")
    RETURNED = "returned", pgettext_lazy("claim", "Repaired and returned")
    REPLACED = "replaced", pgettext_lazy("claim", "Replaced")
    CREDITED = "credited", pgettext_lazy("claim", "Paid back")
    REFUSED = "refused", pgettext_lazy("claim", "Refused by the vendor")


OUTCOMES: Final = frozenset(
    {ClaimState.RETURNED, ClaimState.REPLACED, ClaimState.CREDITED, ClaimState.REFUSED}
)
# Some vendors decide by a photo, and some take a thing in without a number.
MOVES: Final[Mapping[ClaimState, frozenset[ClaimState]]] = {
    ClaimState.ASKED: OUTCOMES | {ClaimState.NUMBERED, ClaimState.SENT},
    ClaimState.NUMBERED: OUTCOMES | {ClaimState.SENT},
    ClaimState.SENT: OUTCOMES,
    **{each: frozenset() for each in OUTCOMES},
}


def can_follow(before: ClaimState, after: ClaimState) -> bool:
    """Whether one can follow the other."""
    return after in MOVES[before]
