"""How a ticket stood at a moment: what its journal says of it, and what that cannot say."""

from dataclasses import dataclass, field
from datetime import datetime

from ambidesk.support.tickets.rules.states import State, WaitingFor, waiting_for

# What the journal tells; the rest is unknown of the past, as are these once they were changed.
NAMED = frozenset({"category", "subject", "messages", "person_tickets"})
CUSTOM = "field_"
KNOWN = frozenset(
    {
        "state",
        "priority",
        "waiting_for",
        "brand",
        "team",
        "assignee",
        "request_type",
        "company",
        "site",
        "channel",
        "tags",
        "requester_name",
        "requester_address",
        "requester_domain",
        "unread",
        "suspended",
        "snoozed",
        "snoozed_until",
        "waiting_since",
        "opened_at",
        "last_at",
        "last_inbound_at",
        "first_answered_at",
        "solved_at",
        "closed_at",
        "due_at",
        "escalations",
        "line",
        "returned_times",
        "notes",
        "reopened_times",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time during which it is somebody's turn; `entry` is the number of the one that began it."""

    state: State
    since: datetime
    begun_at: datetime
    entry: int
    is_live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A ticket at a moment; of `unknown` fields nobody knows what they were."""

    opened_at: datetime
    state: State = State.NEW
    priority: int
    team_id: int | None
    assignee_id: int | None
    category_id: int | None
    request_type_id: int | None
    company_id: int | None
    site_id: int | None
    tags: frozenset[int]
    suspended: bool
    unread: bool = True
    line: int
    returned_times: int = 0
    reopened_times: int = 0
    last_at: datetime
    last_inbound_at: datetime | None = None
    first_answered_at: datetime | None = None
    waiting_since: datetime
    snoozed_until: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    stretch: Stretch
    unknown: frozenset[str] = field(default_factory=frozenset)

    @property
    def waiting_for(self) -> WaitingFor:
        """Whose turn it is."""
        return waiting_for(self.state)

    def knows(self, field: str) -> bool:
        """Say whether it is known what a field that conditions ask of was then."""
        if field in KNOWN:
            return True
        is_told = field in NAMED or field.startswith(CUSTOM)
        return is_told and field not in self.unknown

    @property
    def is_ended(self) -> bool:
        """Solved or closed."""
        return self.state in {State.SOLVED, State.CLOSED}
