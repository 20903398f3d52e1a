"""What happened to tickets: ids, enums and numbers only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from ambidesk.ground.kernel.journal import Event, upcaster
from ambidesk.support.tickets.rules.states import Priority, State

SUBJECT = ("ticket", "ticket_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOpened(Event):
    """A ticket began."""

    kind: ClassVar[str] = "tickets.opened"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    person_id: int
    brand_id: int
    channel_id: int | None
    team_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFiled(Event):
    """The other side spoke."""

    kind: ClassVar[str] = "tickets.message_filed"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    message_id: int
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAnswered(Event):
    """We spoke."""

    kind: ClassVar[str] = "tickets.answered"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    message_id: int
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(Event):
    """The other side changed what it had said; the message stays as it was."""

    kind: ClassVar[str] = "tickets.message_edited"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    message_id: int
    edit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageForwarded(Event):
    """A message went on to somebody else."""

    kind: ClassVar[str] = "tickets.message_forwarded"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    message_id: int
    original_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWithdrawn(Event):
    """An answer was taken back before it left."""

    kind: ClassVar[str] = "tickets.answer_withdrawn"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Event):
    """Somebody left a note."""

    kind: ClassVar[str] = "tickets.note_written"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    note_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAssigned(Event):
    """Somebody, a team or nobody is in charge now."""

    kind: ClassVar[str] = "tickets.assigned"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    assignee_id: int | None
    team_id: int | None
    before_assignee_id: int | None
    before_team_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChanged(Event):
    """The state was set by hand: solved, closed, reopened, on hold, waiting."""

    kind: ClassVar[str] = "tickets.state_changed"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    state: State
    before: State


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSnoozed(Event):
    """The ticket sleeps until an instant; none wakes it."""

    kind: ClassVar[str] = "tickets.snoozed"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPrioritised(Event):
    """The priority was set."""

    kind: ClassVar[str] = "tickets.prioritised"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    priority: Priority
    before: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDescribed(Event):
    """Subject or category was set; `before_id` is the category that it had."""

    kind: ClassVar[str] = "tickets.described"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    category_id: int | None
    before_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAttributed(Event):
    """It was said for which company and site the ticket is."""

    kind: ClassVar[str] = "tickets.attributed"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    company_id: int | None
    site_id: int | None
    before_company_id: int | None
    before_site_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEquipped(Event):
    """It was said which equipment the ticket is about."""

    kind: ClassVar[str] = "tickets.equipped"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    asset_id: int | None
    before_asset_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketConverted(Event):
    """The ticket is of another type now."""

    kind: ClassVar[str] = "tickets.converted"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    request_type_id: int | None
    before_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsChanged(Event):
    """Tags were put on or taken off."""

    kind: ClassVar[str] = "tickets.tags_changed"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    added_ids: list[int]
    removed_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketsRegrouped(Event):
    """
    Messages changed hands by a merge, split or move, or it was undone.

    `went_over`: the ticket itself went into the other one by a merge.
    """

    kind: ClassVar[str] = "tickets.regrouped"
    subject: ClassVar[tuple[str, str]] = SUBJECT
    version: ClassVar[int] = 2

    ticket_id: int
    other_id: int
    regrouping_id: int
    undone: bool
    went_over: bool


@upcaster(TicketsRegrouped.kind, 1)
def _whole_or_not(data: dict[str, Any]) -> dict[str, Any]:
    # What went over before it was told cannot be known from the entry alone.
    return {**data, "went_over": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketsLinked(Event):
    """Tickets were linked, or the link was undone."""

    kind: ClassVar[str] = "tickets.linked"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    other_id: int
    link_id: int
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(Event):
    """A message did not reach its recipient: refused at once, or it came back."""

    kind: ClassVar[str] = "tickets.delivery_failed"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    message_id: int
    delivery_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRetried(Event):
    """A message that had failed is sent again."""

    kind: ClassVar[str] = "tickets.delivery_retried"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    message_id: int
    delivery_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionLifted(Event):
    """Somebody looked at a suspended ticket and let it in."""

    kind: ClassVar[str] = "tickets.suspension_lifted"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAccepted(Event):
    """Somebody in copy takes part from now on."""

    kind: ClassVar[str] = "tickets.party_accepted"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    identity_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChanged(Event):
    """The ticket is on another line of support, for its team is."""

    kind: ClassVar[str] = "tickets.line_changed"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    line: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEscalated(Event):
    """Somebody gave the ticket to a further line, or back."""

    kind: ClassVar[str] = "tickets.escalated"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    escalation_id: int
    line: int
    before: int
    returned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsFilled(Event):
    """
    Custom fields were filled, or emptied.

    `option_ids` are all that is chosen now in these fields, `yes_ids` the fields that say yes.
    """

    kind: ClassVar[str] = "tickets.fields_filled"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    field_ids: list[int]
    emptied_ids: list[int]
    option_ids: list[int]
    yes_ids: list[int]
