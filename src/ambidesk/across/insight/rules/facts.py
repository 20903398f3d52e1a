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
    # Of the business half: what was promised, where it stood, what was spent.
    PROMISED = "promised"
    ANSWER_WORKED = "answer_worked"
    SOLVE_WORKED = "solve_worked"
    STAGE = "stage"
    LABOUR = "labour"
    COST = "cost"


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
        FactKind.ANSWER_WORKED,
        FactKind.SOLVE_WORKED,
        FactKind.STAGE,
    }
)
# Read from facts only: their sums are of whom or what they are for, never of a day of the desk.
APART = frozenset({FactKind.STAGE, FactKind.LABOUR, FactKind.COST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a fact belongs: ids of brand, team, channel and member of staff."""

    brand: int
    team: int | None = None
    channel: int | None = None
    member: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a ticket is about: ids of company, site, model of equipment, contract and category."""

    company: int | None = None
    site: int | None = None
    model: int | None = None
    contract: int | None = None
    category: int | None = None


NOTHING_SAID = About()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """
    One thing that counts; `value` in seconds, hundredths of a currency or a score.

    `flag` is as its kind is defined; `stage` is where the ticket stood in its process by then.
    """

    kind: FactKind
    at: datetime
    place: Place
    value: int = 0
    flag: bool = False
    about: About = NOTHING_SAID
    stage: int | None = None
    currency: str = ""
