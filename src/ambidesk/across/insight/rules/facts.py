"""Facts: one thing that counts for one ticket, without the ticket; docs/metrics.md defines each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FactKind(StrEnum):
    """What is counted or measured."""

    OPENED = "opened"
    WAIT = "wait"
    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    SOLVED = "solved"
    REOPENED = "reopened"
    HANDLING = "handling"
    FIRST_CONTACT = "first_contact"
    ABANDONMENT = "abandonment"
    TRANSFER = "transfer"
    CSAT_ASKED = "csat_asked"
    CSAT = "csat"
    NPS_ASKED = "nps_asked"
    NPS = "nps"
    CES_ASKED = "ces_asked"
    CES = "ces"


# Marks from 0 to this many; the value of such a fact is the mark.
HIGHEST_MARKS = {FactKind.CSAT: 5, FactKind.NPS: 10, FactKind.CES: 7}

# Those whose value is a time in seconds; the others count, or carry a score.
TIMES = frozenset(
    {
        FactKind.WAIT,
        FactKind.FIRST_RESPONSE,
        FactKind.NEXT_RESPONSE,
        FactKind.SOLVED,
        FactKind.REOPENED,
        FactKind.HANDLING,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a fact belongs: ids of brand, team, channel and member of staff."""

    brand: int
    team: int | None = None
    channel: int | None = None
    member: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that counts; `value` in seconds or a score, `flag` as its kind is defined."""

    kind: FactKind
    at: datetime
    place: Place
    value: int = 0
    flag: bool = False
