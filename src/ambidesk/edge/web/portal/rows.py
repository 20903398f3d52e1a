"""Rows: requests as lists of the portal show them, made of what is read of them and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ambidesk.edge.web.portal.words import state_of

# What a row is made of, in this order.
SAID = ("pk", "subject", "state", "last_at", "due_at", "site__name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A request in a list."""

    number: int
    subject: str
    place: str
    state: str
    state_words: str
    last_at: datetime
    due_at: datetime | None

    @classmethod
    def of(cls, said: Sequence[Any]) -> "Row":
        """Say of a request what a list shows."""
        number, subject, state, last_at, due_at, place = said
        return cls(
            number=number,
            subject=subject,
            place=place or "",
            state=state,
            state_words=state_of(state),
            last_at=last_at,
            due_at=due_at,
        )
